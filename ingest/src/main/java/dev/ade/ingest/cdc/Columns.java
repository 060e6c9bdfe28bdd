package dev.ade.ingest.cdc;

import dev.ade.ingest.jdbc.PgDatabase;
import dev.ade.ingest.jdbc.Unfit;
import dev.ade.model.Column;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The columns of a table as its log describes them, each with what reads its texts.
record Columns(List<One> all) {
    /// @param isKey whether it is logged where a row changes or goes
    record One(Column column, boolean isKey, Texts.Reader reader) {
        String lower() {
            return column.name().toLowerCase(Locale.ROOT);
        }
    }

    private static final int MODIFIER_OFFSET = 4;
    private static final int SCALE_BITS = 0x7FF;
    private static final int SCALE_SIGN = 1024;

    Columns {
        all = List.copyOf(all);
    }

    static Columns of(PgDatabase.Session session, Message.Relation relation, int moneyScale)
            throws SQLException {
        List<One> all = new ArrayList<>();
        for (Message.Field field : relation.fields()) {
            List<Optional<String>> base =
                    session.row(
                            """
                            with recursive t(type, modifier) as (
                                select %d::oid, %d
                                union all
                                select p.typbasetype, case when t.modifier = -1 then p.typtypmod else t.modifier end
                                from pg_type p join t on p.oid = t.type where p.typtype = 'd'
                            )
                            select p.typname, t.modifier, coalesce(e.typdelim, ',')
                            from t join pg_type p on p.oid = t.type left join pg_type e on e.oid = p.typelem
                            where p.typtype <> 'd'\
                            """
                                    .formatted(field.type(), field.modifier()));
            // A type that is gone was made by somebody; as all of those it is text.
            String pgType = base.isEmpty() ? "text" : base.getFirst().orElseThrow();
            int modifier = base.isEmpty() ? -1 : Integer.parseInt(base.get(1).orElseThrow());
            char delimiter = base.isEmpty() ? ',' : base.get(2).orElseThrow().charAt(0);
            Column column = PgDatabase.column(field.name(), pgType, digits(modifier, moneyScale));
            all.add(new One(column, field.isKey(), Texts.reader(column.type(), pgType, delimiter)));
        }
        return new Columns(all);
    }

    private static PgDatabase.Digits digits(int modifier, int moneyScale) {
        if (modifier < MODIFIER_OFFSET) {
            return new PgDatabase.Digits(0, 0, moneyScale);
        }
        int bits = modifier - MODIFIER_OFFSET;
        int scale = ((bits & SCALE_BITS) ^ SCALE_SIGN) - SCALE_SIGN;
        return new PgDatabase.Digits((bits >> 16) & 0xFFFF, scale, moneyScale);
    }

    List<Column> columns() {
        return all.stream().map(One::column).toList();
    }

    /// Names in lower case of those that identify a row.
    List<String> logged() {
        return all.stream().filter(One::isKey).map(One::lower).toList();
    }

    /// @throws Unfit for a value that no type holds
    @Nullable Object value(Message.Tuple row, int index) throws Unfit {
        String text = row.says(index) ? row.text(index) : null;
        return text == null ? null : all.get(index).reader().read(text);
    }
}
