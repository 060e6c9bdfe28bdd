-- The tables of a small shop, as its programs use them.
create table customers (
    customer_id text primary key, name text not null, email text not null, phone text, birth_date date,
    street text, postcode text, city text not null, monthly_income integer, iban text, loyalty_number text,
    newsletter boolean not null, changed_on date not null
);
create table orders (
    order_id text primary key, customer_id text not null, ordered_at timestamp not null, channel text not null,
    items integer not null, amount numeric(10,2) not null, ip_address inet, gift_for text
);
create table payments (
    payment_id text primary key, order_id text not null, paid_at timestamp not null, amount numeric(10,2) not null,
    method text not null, card_number text, iban text, holder text
);

create table landed_customers (like customers);
create table landed_orders (
    order_id text, customer_id text, ordered_at text, channel text, items text, amount text, ip_address text, gift_for text
);
create table landed_payments (line text);
create sequence orders_taken start 9000001;

-- Takes the files in that the shop without a database loads, but for their broken lines.
create procedure take_in() language sql as $$
    insert into customers select distinct on (customer_id) * from landed_customers order by customer_id, changed_on desc;
    insert into orders
        select order_id, customer_id, ordered_at::timestamp, channel, items::int, amount::numeric, ip_address::inet, gift_for
        from landed_orders where amount ~ '^[0-9.]+$' and ordered_at !~ '[T ]25:' and items ~ '^[0-9]+$'
        on conflict do nothing;
    insert into payments
        select line->>'payment_id', line->>'order_id', (line->>'paid_at')::timestamp, (line->>'amount')::numeric,
            line->>'method', line->>'card_number', line->>'iban', line->>'holder'
        from (select line::jsonb as line from landed_payments where line ~ '}\s*$') as whole
        where line->>'amount' ~ '^[0-9.]+$' and line->>'paid_at' !~ '[T ]25:'
            and line->>'order_id' in (select order_id from orders)
        on conflict do nothing;
    drop table landed_customers, landed_orders, landed_payments;
$$;

-- A second in the life of the shop.
create procedure work() language plpgsql as $$
declare
    one record;
    number text;
begin
    for one in select * from customers order by random() limit 5 loop
        number := 'O' || nextval('orders_taken');
        insert into orders values (number, one.customer_id, localtimestamp(0), 'web', 1 + floor(random() * 5),
            round((5 + random() * 90)::numeric, 2), '203.0.113.7', null);
        if random() < 0.8 then
            insert into payments select 'P' || order_id, order_id, localtimestamp(0), amount, 'transfer', null, one.iban, one.name
            from orders where order_id = number;
        end if;
        commit;
    end loop;
    update customers set city = (array['Leipzig', 'Tartu', 'Porto'])[1 + floor(random() * 3)::int], changed_on = current_date
        where customer_id in (select customer_id from customers order by random() limit 1);
    delete from orders o where not exists (select from payments p where p.order_id = o.order_id)
        and order_id in (select order_id from orders where order_id > 'O9' order by random() limit 1);
end
$$;
