import java.io.File;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.gephi.filters.api.FilterController;
import org.gephi.filters.api.Range;
import org.gephi.filters.plugin.dynamic.DynamicRangeBuilder;
import org.gephi.graph.api.AttributeUtils;
import org.gephi.graph.api.Column;
import org.gephi.graph.api.Edge;
import org.gephi.graph.api.Element;
import org.gephi.graph.api.GraphController;
import org.gephi.graph.api.GraphModel;
import org.gephi.graph.api.Interval;
import org.gephi.graph.api.Node;
import org.gephi.graph.api.Table;
import org.gephi.graph.api.types.IntervalSet;
import org.gephi.io.importer.api.Container;
import org.gephi.io.importer.api.ImportController;
import org.gephi.io.importer.api.Issue;
import org.gephi.io.processor.spi.Processor;
import org.gephi.project.api.ProjectController;
import org.gephi.project.api.Workspace;
import org.openide.util.Lookup;

/**
 * Opens a file as Gephi's "Open graph file" does and prints all that arrived, as one JSON object.
 *
 * ReadBack FILE [START END]: with two days also the edges that the timeline shows between them.
 */
public final class ReadBack {
    private static final List<Object> ISSUES = new ArrayList<>();

    public static void main(String[] args) throws Exception {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, "UTF-8");
        System.setOut(System.err);
        Logger.getLogger("").setLevel(Level.SEVERE);
        Map<String, Object> seen = new LinkedHashMap<>();
        GraphModel model = open(new File(args[0]).getAbsoluteFile());
        seen.put("nodeColumns", columns(model.getNodeTable()));
        seen.put("edgeColumns", columns(model.getEdgeTable()));
        seen.put("nodes", nodes(model));
        seen.put("edges", edges(model));
        if (args.length == 3) seen.put("shown", shown(model, args[1], args[2]));
        seen.put("issues", ISSUES);
        StringBuilder text = new StringBuilder();
        write(seen, text);
        out.println(text);
        out.flush();
        System.exit(0);
    }

    private static GraphModel open(File file) throws Exception {
        ProjectController projects = Lookup.getDefault().lookup(ProjectController.class);
        projects.newProject();
        ImportController importer = Lookup.getDefault().lookup(ImportController.class);
        Container container = importer.importFile(file);
        container.verify();
        container.getReport().close();
        for (Iterator<Issue> all = container.getReport().getIssues(Integer.MAX_VALUE); all.hasNext(); ) {
            Issue issue = all.next();
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("level", issue.getLevel().toString());
            row.put("message", issue.getMessage());
            ISSUES.add(row);
        }
        // Without a workspace the processor opens one that suits the file, its time format too.
        importer.process(container, Lookup.getDefault().lookup(Processor.class), null);
        Workspace workspace = projects.getCurrentWorkspace();
        return Lookup.getDefault().lookup(GraphController.class).getGraphModel(workspace);
    }

    private static Map<String, Object> columns(Table table) {
        Map<String, Object> found = new LinkedHashMap<>();
        for (Column column : table) if (!column.isProperty()) found.put(column.getTitle(), column.getTypeClass().getSimpleName());
        return found;
    }

    private static Map<String, Object> nodes(GraphModel model) {
        Map<String, Object> found = new LinkedHashMap<>();
        for (Node node : model.getGraph().getNodes().toArray()) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("label", node.getLabel());
            row.put("x", node.x());
            row.put("y", node.y());
            row.put("size", node.size());
            row.put("color", String.format("#%06x", node.getColor().getRGB() & 0xffffff));
            row.put("values", values(node));
            found.put(node.getId().toString(), row);
        }
        return found;
    }

    private static Map<String, Object> edges(GraphModel model) {
        Map<String, Object> found = new LinkedHashMap<>();
        for (Edge edge : model.getGraph().getEdges().toArray()) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("source", edge.getSource().getId().toString());
            row.put("target", edge.getTarget().getId().toString());
            row.put("label", edge.getLabel());
            row.put("kind", edge.getTypeLabel());
            row.put("directed", edge.isDirected());
            row.put("weight", edge.getWeight());
            row.put("color", edge.alpha() == 0 ? null : String.format("#%06x", edge.getColor().getRGB() & 0xffffff));
            row.put("days", days(edge));
            row.put("values", values(edge));
            found.put(edge.getId().toString(), row);
        }
        return found;
    }

    private static Object days(Edge edge) {
        Object set = edge.getAttribute("timeset");
        if (!(set instanceof IntervalSet)) return null;
        List<Object> found = new ArrayList<>();
        for (Interval interval : ((IntervalSet) set).toArray()) {
            found.add(AttributeUtils.printDate(interval.getLow()));
            found.add(AttributeUtils.printDate(interval.getHigh()));
        }
        return found;
    }

    private static Map<String, Object> values(Element element) {
        Map<String, Object> found = new LinkedHashMap<>();
        for (Column column : element.getTable()) {
            if (column.isProperty()) continue;
            Object value = element.getAttribute(column);
            if (value != null) found.put(column.getTitle(), value);
        }
        return found;
    }

    /** What the timeline leaves in sight: the filter that its slider drives. */
    private static List<Object> shown(GraphModel model, String start, String end) {
        DynamicRangeBuilder.DynamicRangeFilter filter = new DynamicRangeBuilder.DynamicRangeFilter(model);
        double low = AttributeUtils.parseDateTime(start), high = AttributeUtils.parseDateTime(end);
        filter.setRange(new Range(low, high, low, high));
        FilterController filters = Lookup.getDefault().lookup(FilterController.class);
        List<Object> found = new ArrayList<>();
        for (Edge edge : model.getGraph(filters.filter(filters.createQuery(filter))).getEdges().toArray()) found.add(edge.getId());
        return found;
    }

    private static void write(Object value, StringBuilder out) {
        if (value instanceof Map) {
            String mark = "{";
            for (Map.Entry<?, ?> entry : ((Map<?, ?>) value).entrySet()) {
                out.append(mark);
                write(entry.getKey(), out);
                out.append(':');
                write(entry.getValue(), out);
                mark = ",";
            }
            out.append(mark.equals("{") ? "{}" : "}");
        } else if (value instanceof List) {
            String mark = "[";
            for (Object item : (List<?>) value) {
                out.append(mark);
                write(item, out);
                mark = ",";
            }
            out.append(mark.equals("[") ? "[]" : "]");
        } else if (value == null || value instanceof Number || value instanceof Boolean) {
            out.append(value);
        } else {
            out.append('"');
            for (char letter : value.toString().toCharArray()) {
                if (letter == '"' || letter == '\\') out.append('\\').append(letter);
                else if (letter < ' ') out.append(String.format("\\u%04x", (int) letter));
                else out.append(letter);
            }
            out.append('"');
        }
    }
}
