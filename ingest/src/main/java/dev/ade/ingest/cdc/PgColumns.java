package dev.ade.ingest.cdc;

import dev.ade.ingest.cdc.sink.Columns;
import dev.ade.ingest.jdbc.PgDatabase;
import dev.ade.model.Column;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The columns of a table as its log describes them, each with what reads its texts.
final class PgColumns {
    private static final int MODIFIER_OFFSET = 4;
    private static final int SCALE_BITS = 0x7FF;
    private static final int SCALE_SIGN = 1024;

    private PgColumns() {}

    static Columns of(PgDatabase.Session session, Message.Relation relation, int moneyScale)
            throws SQLException {
        List<Columns.One> all = new ArrayList<>();
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
            Texts.Reader texts = Texts.reader(column.type(), pgType, delimiter);
            all.add(new Columns.One(column, field.isKey(), text -> texts.read((String) text)));
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
}
