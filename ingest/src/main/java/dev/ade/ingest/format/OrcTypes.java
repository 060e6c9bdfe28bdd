package dev.ade.ingest.format;

import dev.ade.model.Column;
import dev.ade.model.Type;
import dev.ade.model.Type.Simple;
import io.trino.orc.OrcColumn;
import io.trino.spi.type.ArrayType;
import io.trino.spi.type.BigintType;
import io.trino.spi.type.BooleanType;
import io.trino.spi.type.CharType;
import io.trino.spi.type.DateType;
import io.trino.spi.type.DecimalType;
import io.trino.spi.type.DoubleType;
import io.trino.spi.type.IntegerType;
import io.trino.spi.type.MapType;
import io.trino.spi.type.RealType;
import io.trino.spi.type.RowType;
import io.trino.spi.type.SmallintType;
import io.trino.spi.type.TimestampType;
import io.trino.spi.type.TimestampWithTimeZoneType;
import io.trino.spi.type.TinyintType;
import io.trino.spi.type.TypeOperators;
import io.trino.spi.type.VarbinaryType;
import io.trino.spi.type.VarcharType;
import java.util.ArrayList;
import java.util.List;

/// What ORC's types are here, and to the library that reads them.
final class OrcTypes {
    private static final TypeOperators OPERATORS = new TypeOperators();

    private OrcTypes() {}

    static List<Column> columns(OrcColumn struct) {
        List<Column> columns = new ArrayList<>();
        for (OrcColumn field : struct.getNestedColumns()) {
            columns.add(new Column(field.getColumnName(), type(field)));
        }
        return columns;
    }

    private static Type type(OrcColumn column) {
        return switch (column.getColumnType().getOrcTypeKind()) {
            case BOOLEAN -> Simple.BOOLEAN;
            case BYTE, SHORT, INT -> Simple.INTEGER;
            case LONG -> Simple.BIGINT;
            case FLOAT -> Simple.FLOAT;
            case DOUBLE -> Simple.DOUBLE;
            case STRING, VARCHAR, CHAR -> Simple.VARCHAR;
            case BINARY -> Simple.BLOB;
            case DATE -> Simple.DATE;
            case TIMESTAMP -> Simple.TIMESTAMP;
            case TIMESTAMP_INSTANT -> Simple.TIMESTAMPTZ;
            case DECIMAL -> new Type.Decimal(precision(column), scale(column));
            case LIST -> new Type.ListOf(type(nested(column, 0)));
            case MAP -> new Type.MapOf(type(nested(column, 0)), type(nested(column, 1)));
            case STRUCT -> new Type.Struct(columns(column));
            case UNION -> throw union();
        };
    }

    /// As the library calls it.
    static io.trino.spi.type.Type read(OrcColumn column) {
        return switch (column.getColumnType().getOrcTypeKind()) {
            case BOOLEAN -> BooleanType.BOOLEAN;
            case BYTE -> TinyintType.TINYINT;
            case SHORT -> SmallintType.SMALLINT;
            case INT -> IntegerType.INTEGER;
            case LONG -> BigintType.BIGINT;
            case FLOAT -> RealType.REAL;
            case DOUBLE -> DoubleType.DOUBLE;
            case STRING, VARCHAR -> VarcharType.VARCHAR;
            case CHAR -> CharType.createCharType(column.getColumnType().getLength().orElse(1));
            case BINARY -> VarbinaryType.VARBINARY;
            case DATE -> DateType.DATE;
            case TIMESTAMP -> TimestampType.TIMESTAMP_NANOS;
            case TIMESTAMP_INSTANT -> TimestampWithTimeZoneType.TIMESTAMP_TZ_NANOS;
            case DECIMAL -> DecimalType.createDecimalType(precision(column), scale(column));
            case LIST -> new ArrayType(read(nested(column, 0)));
            case MAP -> new MapType(read(nested(column, 0)), read(nested(column, 1)), OPERATORS);
            case STRUCT ->
                    RowType.from(
                            column.getNestedColumns().stream()
                                    .map(it -> RowType.field(it.getColumnName(), read(it)))
                                    .toList());
            case UNION -> throw union();
        };
    }

    private static OrcColumn nested(OrcColumn column, int index) {
        return column.getNestedColumns().get(index);
    }

    private static int precision(OrcColumn decimal) {
        return decimal.getColumnType().getPrecision().orElse(Type.Decimal.PRECISION_MAX);
    }

    private static int scale(OrcColumn decimal) {
        return decimal.getColumnType().getScale().orElse(0);
    }

    private static Converter.NotReadable union() {
        return new Converter.NotReadable(
                "a column of it is a union of types", "Write a struct with a field for each type");
    }
}
