package dev.ade.it;

import java.nio.file.Path;

/// A small shop that has one of everything: merge and append loads, a dimension, a fact, a day, a report.
final class Shop {
    static final String SOURCES =
            """
            sources:
              - name: shop
                tables:
                  - name: customers
                    load: {files: "landing/customers-*.csv", mode: merge, key: customer_id}
                    columns:
                      - {name: customer_id, data_type: bigint, data_tests: [not_null, unique]}
                      - {name: email, privacy: {class: email, treat: pseudonym}}
                      - {name: city, data_type: varchar}
                  - name: orders
                    event_time: ordered_at
                    load: {files: "landing/orders-*.csv"}
                    columns:
                      - {name: order_id, data_type: bigint, data_tests: [not_null]}
                      - {name: customer_id, data_type: bigint}
                      - {name: ordered_at, data_type: timestamp}
                      - {name: amount, data_type: "decimal(10,2)"}
            """;

    static final String ORDER_F =
            """
            {{ config(materialized='fact', event_time='ordered_at', grain='day') }}
            select order_id, {{ surrogate_key('customer_id') }} as customer_key,
              ordered_at, amount
            from shop.orders
            """;

    static final String REVENUE_R =
            """
            {{ config(materialized='table') }}
            select c.city, sum(r.revenue) as revenue
            from shop.revenue_day_d r join shop.customer_d c
              on c.customer_key = r.customer_key
            group by all
            """;

    private Shop() {}

    static Estate in(Path folder) {
        Estate estate = new Estate(folder).file("shop/sources.yml", SOURCES);
        return models(estate);
    }

    /// The models alone, over `shop.customers` with an email and a city, and `shop.orders`.
    static Estate models(Estate estate) {
        return estate.file(
                        "shop/models/customer_d.sql",
                        """
                        {{ config(materialized='dimension', natural_key='customer_id') }}
                        select customer_id, email, city from shop.customers
                        """)
                .file("shop/models/order_f.sql", ORDER_F)
                .file(
                        "shop/models/revenue_day_d.sql",
                        """
                        {{ config(materialized='day', event_time='day', entity='customer_key') }}
                        select customer_key, cast(ordered_at as date) as day, sum(amount) as revenue
                        from {{ ref('order_f') }} group by all
                        """)
                .file("shop/models/revenue_r.sql", REVENUE_R)
                .file("shop/models/big_orders.sql", "select * from shop.order_f where amount > 6");
    }

    static Estate withData(Path folder) {
        return in(folder)
                .file(
                        "landing/customers-01.csv",
                        """
                        customer_id,email,city
                        1,ada@example.org,Lima
                        2,bob@example.org,Oslo
                        """)
                .file("landing/orders-1.csv", orders(1, 1, 40));
    }

    /// A file of orders, one an hour, from a day of January on.
    static String orders(int firstId, int day, int count) {
        StringBuilder csv = new StringBuilder("order_id,customer_id,ordered_at,amount\n");
        for (int i = 0; i < count; i++) {
            csv.append(
                    "%d,%d,2026-01-%02d %02d:00:00,%d.25\n"
                            .formatted(
                                    firstId + i,
                                    1 + i % 2,
                                    day + i / 24,
                                    i % 24,
                                    1 + (firstId + i) % 9));
        }
        return csv.toString();
    }
}
