package dev.ade.project;

import dev.ade.jinja.Globals;
import dev.ade.jinja.Limits;
import dev.ade.model.AdeException;
import dev.ade.model.Kind;
import dev.ade.model.TableName;
import dev.ade.spi.CodeReader;
import dev.ade.spi.TableCode;
import java.util.ArrayList;
import java.util.List;

/// What stands in the place of a template where a model is code: a query that reads what the code makes.
///
/// @param model its dataset
record CodeBody(CodeReader.Code code, TableName model) implements Body {
    static final String SUFFIX = ".java";

    @Override
    public String render(Globals globals, Limits limits) {
        return "select * from " + TableCode.name(model).quoted();
    }

    /// The datasets that it reads, in the order in which it names them.
    List<TableName> reads(ModelFile file, Names names) {
        List<TableName> reads = new ArrayList<>();
        for (String text : code.reads()) {
            try {
                reads.add(read(text.strip(), file, names));
            } catch (AdeException e) {
                throw e.location() == null ? e.at(file.config().location()) : e;
            }
        }
        return reads;
    }

    private static TableName read(String text, ModelFile file, Names names) {
        if (ReferenceText.isCall(text)) {
            return ReferenceText.resolve(text, names);
        }
        if (!text.contains(".")) {
            return names.ref(file.file().domain(), text);
        }
        TableName name = TableName.parse(text);
        if (!names.isDataset(name)) {
            throw AdeException.user(
                    "Cannot read %s: there is no such dataset%s"
                            .formatted(name, names.hint(name.name())),
                    "Mend @Reads; ade status lists what there is");
        }
        return name;
    }

    /// Code runs whole, so it cannot be asked row by row, or for what is new alone.
    static void requireStored(ModelFile file, Kind kind) {
        String instead =
                switch (kind) {
                    case Kind.Table _, Kind.Dimension _, Kind.Fact _, Kind.Day _ -> "";
                    case Kind.View _ -> "it would run whenever somebody reads it";
                    case Kind.Incremental _ ->
                            "it would make all of its rows again; a fact makes those of an interval";
                    case Kind.Custom _ -> "a materialization runs what a query is";
                    case Kind.Snapshot _ -> "a snapshot reads what a model made";
                };
        if (!instead.isEmpty()) {
            throw AdeException.user(
                            "Cannot keep %s as %s: %s".formatted(file.name(), kind.word(), instead),
                            "Use materialized: table, dimension, fact or day")
                    .at(file.config().location());
        }
    }
}
