package dev.ade.ingest.cdc.binlog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ade.ingest.cdc.binlog.Statement.Effect;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatementTest {
    private static final MariaTable ORDERS =
            new MariaTable("shop", "orders", List.of("id"), List.of());

    private static Effect effect(String sql) {
        return new Statement(ORDERS, Set.of("past")).effect(sql, "shop");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "truncate orders",
                "TRUNCATE TABLE orders",
                "truncate table `shop`.`orders`",
                "/* by hand */ truncate -- now\n table # later\n orders",
                "truncate /*!40000 table */ \"ORDERS\"",
                "set statement max_statement_time = 5 for truncate orders",
            })
    void knows_that_all_rows_are_gone(String sql) {
        assertThat(effect(sql)).isEqualTo(new Effect.Emptied());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/* nothing */",
                "truncate other.orders",
                "truncate others",
                "create table if not exists orders (id int)",
                "create table lines (id int, foreign key (id) references orders (id))",
                "create table copy like orders",
                "create table other.orders (id int)",
                "drop table lines, other.orders",
                "drop /*!40005 temporary */ table if exists `orders`",
                "drop temporary table orders",
                "create temporary table orders (id int)",
                "create or replace view v as select * from orders",
                "create definer=`a`@`b` trigger t before insert on orders for each row set new.id = 1",
                "drop index i on orders",
                "create unique index i on orders (id)",
                "analyze table orders",
                "grant select on orders to reader",
                "alter table lines modify id bigint",
                "alter table lines add constraint foreign key (id) references orders (id)",
                "alter table orders add column note varchar(10)",
                "alter table orders add note text character set latin1 null default null after id",
                "alter online table shop.orders add column if not exists note int",
                "alter table orders add index i (id), add unique key u (qty), algorithm=inplace, lock=none",
                "alter table orders add constraint c check (qty > 0), force, comment = 'not a default'",
                "alter table orders add column note int comment 'primary, key; rename'",
                "alter table `orders` drop key i",
                "drop database shops",
                "alter database shop character set latin1",
                "delete from memory_table",
                "flush tables",
            })
    void knows_what_leaves_rows_as_they_are(String sql) {
        assertThat(effect(sql)).isEqualTo(new Effect.Nothing(Set.of()));
    }

    @Test
    void heeds_columns_that_go() {
        assertThat(
                        effect(
                                "alter table orders drop column Note, drop if exists `qty`, drop index i"))
                .isEqualTo(new Effect.Nothing(Set.of("note", "qty")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "drop table orders",
                "drop table if exists lines, shop.orders",
                "create table orders (id int)",
                "create or replace table orders (id int)",
                "rename table orders to o",
                "rename table o to shop.Orders",
                "alter table o rename to orders",
                "alter table o exchange partition p with table orders",
                "alter table orders rename column id to no",
                "alter table orders add column a int not null",
                "alter table orders add column a int default 5",
                "alter table orders add column a timestamp",
                "alter table orders add column a int generated always as (id) stored",
                "alter table orders add column past int",
                "alter table orders drop column a, add column A text",
                "alter table orders add (a int, b int not null)",
                "alter table orders modify qty bigint",
                "alter table orders change qty amount int",
                "alter table orders nowait modify qty bigint",
                "alter table orders drop primary key",
                "alter table orders drop partition p",
                "alter table orders truncate partition p",
                "alter table orders convert to character set utf8mb4",
                "alter table orders comment = 'x' partition by hash (id)",
                "alter table orders drop column a remove partitioning",
                "alter table orders engine = innodb",
                "alter table orders add system versioning",
                "alter /*! ignore */ table orders modify qty int",
                "drop index `PRIMARY` on orders",
                "drop database shop",
                "create or replace database shop",
                "insert into lines values (1)",
                "update lines set id = 1",
                "delete from orders where id = 1",
                "load data infile 'x' into table lines",
                "call change_orders()",
                "set statement lock_wait_timeout = 5 for alter table orders modify qty int",
            })
    void is_not_sure_of_others(String sql) {
        assertThat(effect(sql)).isInstanceOf(Effect.Unknown.class);
    }

    @Test
    void says_why() {
        assertThat(effect("drop table orders"))
                .isEqualTo(new Effect.Unknown("shop.orders was made anew, renamed or dropped"));
        assertThat(effect("alter table orders modify qty bigint"))
                .isEqualTo(new Effect.Unknown("shop.orders was altered"));
        assertThat(effect("insert into lines values ('secret')"))
                .isEqualTo(
                        new Effect.Unknown(
                                "changes were logged as a statement (insert), not as rows"));
    }
}
