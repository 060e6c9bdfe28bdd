-- The questions of TPC-H with the parameters it validates with, one after the other.
select l_returnflag, l_linestatus, sum(l_quantity) as sum_qty, sum(l_extendedprice) as sum_base_price,
    sum(l_extendedprice * (1 - l_discount)) as sum_disc_price,
    sum(l_extendedprice * (1 - l_discount) * (1 + l_tax)) as sum_charge,
    avg(l_quantity) as avg_qty, avg(l_extendedprice) as avg_price, avg(l_discount) as avg_disc, count(*) as count_order
from tpch.lineitem
where l_shipdate <= date '1998-09-02'
group by l_returnflag, l_linestatus
order by l_returnflag, l_linestatus
;;
with offers as (
    select s_acctbal, s_name, n_name, p_partkey, p_mfgr, s_address, s_phone, s_comment, ps_supplycost,
        min(ps_supplycost) over (partition by p_partkey) as least
    from tpch.part
    join tpch.partsupp on ps_partkey = p_partkey
    join tpch.supplier on s_suppkey = ps_suppkey
    join tpch.nation on n_nationkey = s_nationkey
    join tpch.region on r_regionkey = n_regionkey
    where p_size = 15 and p_type like '%BRASS' and r_name = 'EUROPE'
)
select * exclude (ps_supplycost, least) from offers
where ps_supplycost = least
order by s_acctbal desc, n_name, s_name, p_partkey
limit 100
;;
select l_orderkey, sum(l_extendedprice * (1 - l_discount)) as revenue, o_orderdate, o_shippriority
from tpch.customer
join tpch.orders on o_custkey = c_custkey
join tpch.lineitem on l_orderkey = o_orderkey
where c_mktsegment = 'BUILDING' and o_orderdate < date '1995-03-15' and l_shipdate > date '1995-03-15'
group by l_orderkey, o_orderdate, o_shippriority
order by revenue desc, o_orderdate
limit 10
;;
select o_orderpriority, count(*) as order_count
from tpch.orders
where o_orderdate >= date '1993-07-01' and o_orderdate < date '1993-10-01'
    and exists (select 1 from tpch.lineitem where l_orderkey = o_orderkey and l_commitdate < l_receiptdate)
group by o_orderpriority
order by o_orderpriority
;;
select n_name, sum(l_extendedprice * (1 - l_discount)) as revenue
from tpch.customer
join tpch.orders on o_custkey = c_custkey
join tpch.lineitem on l_orderkey = o_orderkey
join tpch.supplier on s_suppkey = l_suppkey and s_nationkey = c_nationkey
join tpch.nation on n_nationkey = s_nationkey
join tpch.region on r_regionkey = n_regionkey
where r_name = 'ASIA' and o_orderdate >= date '1994-01-01' and o_orderdate < date '1995-01-01'
group by n_name
order by revenue desc
;;
select sum(l_extendedprice * l_discount) as revenue
from tpch.lineitem
where l_shipdate >= date '1994-01-01' and l_shipdate < date '1995-01-01'
    and l_discount between 0.05 and 0.07 and l_quantity < 24
;;
select s.n_name as supp_nation, c.n_name as cust_nation, year(l_shipdate) as l_year,
    sum(l_extendedprice * (1 - l_discount)) as revenue
from tpch.supplier
join tpch.lineitem on l_suppkey = s_suppkey
join tpch.orders on o_orderkey = l_orderkey
join tpch.customer on c_custkey = o_custkey
join tpch.nation s on s.n_nationkey = s_nationkey
join tpch.nation c on c.n_nationkey = c_nationkey
where l_shipdate between date '1995-01-01' and date '1996-12-31'
    and ((s.n_name = 'FRANCE' and c.n_name = 'GERMANY') or (s.n_name = 'GERMANY' and c.n_name = 'FRANCE'))
group by all
order by all
;;
select year(o_orderdate) as o_year,
    sum(case when s.n_name = 'BRAZIL' then l_extendedprice * (1 - l_discount) else 0 end)
        / sum(l_extendedprice * (1 - l_discount)) as mkt_share
from tpch.part
join tpch.lineitem on l_partkey = p_partkey
join tpch.supplier on s_suppkey = l_suppkey
join tpch.orders on o_orderkey = l_orderkey
join tpch.customer on c_custkey = o_custkey
join tpch.nation c on c.n_nationkey = c_nationkey
join tpch.region on r_regionkey = c.n_regionkey
join tpch.nation s on s.n_nationkey = s_nationkey
where r_name = 'AMERICA' and o_orderdate between date '1995-01-01' and date '1996-12-31'
    and p_type = 'ECONOMY ANODIZED STEEL'
group by o_year
order by o_year
;;
select n_name, year(o_orderdate) as o_year,
    sum(l_extendedprice * (1 - l_discount) - ps_supplycost * l_quantity) as sum_profit
from tpch.part
join tpch.lineitem on l_partkey = p_partkey
join tpch.partsupp on ps_partkey = l_partkey and ps_suppkey = l_suppkey
join tpch.supplier on s_suppkey = l_suppkey
join tpch.orders on o_orderkey = l_orderkey
join tpch.nation on n_nationkey = s_nationkey
where p_name like '%green%'
group by n_name, o_year
order by n_name, o_year desc
;;
select c_custkey, c_name, sum(l_extendedprice * (1 - l_discount)) as revenue, c_acctbal, n_name, c_address, c_phone,
    c_comment
from tpch.customer
join tpch.orders on o_custkey = c_custkey
join tpch.lineitem on l_orderkey = o_orderkey
join tpch.nation on n_nationkey = c_nationkey
where o_orderdate >= date '1993-10-01' and o_orderdate < date '1994-01-01' and l_returnflag = 'R'
group by c_custkey, c_name, c_acctbal, c_phone, n_name, c_address, c_comment
order by revenue desc
limit 20
;;
with held as (
    select ps_partkey, ps_supplycost * ps_availqty as worth
    from tpch.partsupp
    join tpch.supplier on s_suppkey = ps_suppkey
    join tpch.nation on n_nationkey = s_nationkey
    where n_name = 'GERMANY'
)
select ps_partkey, sum(worth) as worth
from held
group by ps_partkey
having sum(worth) > (select sum(worth) * 0.0001 from held)
order by worth desc
;;
select l_shipmode, count(*) filter (where o_orderpriority in ('1-URGENT', '2-HIGH')) as high_line_count,
    count(*) filter (where o_orderpriority not in ('1-URGENT', '2-HIGH')) as low_line_count
from tpch.orders
join tpch.lineitem on l_orderkey = o_orderkey
where l_shipmode in ('MAIL', 'SHIP') and l_commitdate < l_receiptdate and l_shipdate < l_commitdate
    and l_receiptdate >= date '1994-01-01' and l_receiptdate < date '1995-01-01'
group by l_shipmode
order by l_shipmode
;;
select c_count, count(*) as custdist
from (
    select c_custkey, count(o_orderkey) as c_count
    from tpch.customer
    left join tpch.orders on o_custkey = c_custkey and o_comment not like '%special%requests%'
    group by c_custkey
)
group by c_count
order by custdist desc, c_count desc
;;
select 100.0 * sum(case when p_type like 'PROMO%' then l_extendedprice * (1 - l_discount) else 0 end)
    / sum(l_extendedprice * (1 - l_discount)) as promo_revenue
from tpch.lineitem
join tpch.part on p_partkey = l_partkey
where l_shipdate >= date '1995-09-01' and l_shipdate < date '1995-10-01'
;;
with revenue as (
    select l_suppkey, sum(l_extendedprice * (1 - l_discount)) as total
    from tpch.lineitem
    where l_shipdate >= date '1996-01-01' and l_shipdate < date '1996-04-01'
    group by l_suppkey
)
select s_suppkey, s_name, s_address, s_phone, total
from tpch.supplier
join revenue on l_suppkey = s_suppkey
where total = (select max(total) from revenue)
order by s_suppkey
;;
select p_brand, p_type, p_size, count(distinct ps_suppkey) as supplier_cnt
from tpch.partsupp
join tpch.part on p_partkey = ps_partkey
where p_brand <> 'Brand#45' and p_type not like 'MEDIUM POLISHED%' and p_size in (49, 14, 23, 45, 19, 3, 36, 9)
    and ps_suppkey not in (select s_suppkey from tpch.supplier where s_comment like '%Customer%Complaints%')
group by p_brand, p_type, p_size
order by supplier_cnt desc, p_brand, p_type, p_size
;;
select sum(l_extendedprice) / 7.0 as avg_yearly
from tpch.lineitem
join tpch.part on p_partkey = l_partkey
where p_brand = 'Brand#23' and p_container = 'MED BOX'
    and l_quantity < (select 0.2 * avg(l.l_quantity) from tpch.lineitem l where l.l_partkey = p_partkey)
;;
select c_name, c_custkey, o_orderkey, o_orderdate, o_totalprice, sum(l_quantity)
from tpch.customer
join tpch.orders on o_custkey = c_custkey
join tpch.lineitem on l_orderkey = o_orderkey
where o_orderkey in (select l_orderkey from tpch.lineitem group by l_orderkey having sum(l_quantity) > 300)
group by c_name, c_custkey, o_orderkey, o_orderdate, o_totalprice
order by o_totalprice desc, o_orderdate
limit 100
;;
select sum(l_extendedprice * (1 - l_discount)) as revenue
from tpch.lineitem
join tpch.part on p_partkey = l_partkey
where l_shipmode in ('AIR', 'AIR REG') and l_shipinstruct = 'DELIVER IN PERSON' and (
    (p_brand = 'Brand#12' and p_container in ('SM CASE', 'SM BOX', 'SM PACK', 'SM PKG')
        and l_quantity between 1 and 11 and p_size between 1 and 5)
    or (p_brand = 'Brand#23' and p_container in ('MED BAG', 'MED BOX', 'MED PKG', 'MED PACK')
        and l_quantity between 10 and 20 and p_size between 1 and 10)
    or (p_brand = 'Brand#34' and p_container in ('LG CASE', 'LG BOX', 'LG PACK', 'LG PKG')
        and l_quantity between 20 and 30 and p_size between 1 and 15))
;;
select s_name, s_address
from tpch.supplier
join tpch.nation on n_nationkey = s_nationkey
where n_name = 'CANADA' and s_suppkey in (
    select ps_suppkey
    from tpch.partsupp
    where ps_partkey in (select p_partkey from tpch.part where p_name like 'forest%')
        and ps_availqty > (
            select 0.5 * sum(l_quantity)
            from tpch.lineitem
            where l_partkey = ps_partkey and l_suppkey = ps_suppkey
                and l_shipdate >= date '1994-01-01' and l_shipdate < date '1995-01-01'))
order by s_name
;;
select s_name, count(*) as numwait
from tpch.supplier
join tpch.lineitem late on late.l_suppkey = s_suppkey
join tpch.orders on o_orderkey = late.l_orderkey
join tpch.nation on n_nationkey = s_nationkey
where o_orderstatus = 'F' and late.l_receiptdate > late.l_commitdate and n_name = 'SAUDI ARABIA'
    and exists (
        select 1 from tpch.lineitem other
        where other.l_orderkey = late.l_orderkey and other.l_suppkey <> late.l_suppkey)
    and not exists (
        select 1 from tpch.lineitem other
        where other.l_orderkey = late.l_orderkey and other.l_suppkey <> late.l_suppkey
            and other.l_receiptdate > other.l_commitdate)
group by s_name
order by numwait desc, s_name
limit 100
;;
with idle as (
    select left(c_phone, 2) as cntrycode, c_acctbal
    from tpch.customer
    where left(c_phone, 2) in ('13', '31', '23', '29', '30', '18', '17')
        and c_acctbal > (
            select avg(c_acctbal) from tpch.customer
            where c_acctbal > 0 and left(c_phone, 2) in ('13', '31', '23', '29', '30', '18', '17'))
        and not exists (select 1 from tpch.orders where o_custkey = c_custkey)
)
select cntrycode, count(*) as numcust, sum(c_acctbal) as totacctbal
from idle
group by cntrycode
order by cntrycode
