import java.awt.Color;
import java.awt.Font;
import java.io.File;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.gephi.graph.api.GraphController;
import org.gephi.graph.api.Node;
import org.gephi.io.exporter.preview.SVGExporter;
import org.gephi.io.importer.api.Container;
import org.gephi.io.importer.api.ImportController;
import org.gephi.io.processor.spi.Processor;
import org.gephi.preview.api.PreviewController;
import org.gephi.preview.api.PreviewModel;
import org.gephi.preview.api.PreviewProperties;
import org.gephi.preview.api.PreviewProperty;
import org.gephi.preview.types.DependantColor;
import org.gephi.preview.types.DependantOriginalColor;
import org.gephi.preview.types.EdgeColor;
import org.gephi.project.api.ProjectController;
import org.gephi.project.api.Workspace;
import org.openide.util.Lookup;

/**
 * Opens a graph in Gephi and saves what its Preview draws, nothing laid out or coloured anew.
 *
 * Draw FILE OUT.svg LABELS FONT: the LABELS largest nodes are named.
 */
public final class Draw {
    public static void main(String[] args) throws Exception {
        Logger.getLogger("").setLevel(Level.SEVERE);
        int labels = Integer.parseInt(args[2]);
        ProjectController projects = Lookup.getDefault().lookup(ProjectController.class);
        projects.newProject();
        ImportController importer = Lookup.getDefault().lookup(ImportController.class);
        Container container = importer.importFile(new File(args[0]).getAbsoluteFile());
        container.verify();
        importer.process(container, Lookup.getDefault().lookup(Processor.class), null);
        Workspace workspace = projects.getCurrentWorkspace();
        name(Lookup.getDefault().lookup(GraphController.class).getGraphModel(workspace).getGraph().getNodes().toArray(), labels);
        PreviewController preview = Lookup.getDefault().lookup(PreviewController.class);
        set(preview.getModel(workspace), args[3]);
        preview.refreshPreview(workspace);
        // The PNG exporter asks for a screen; the SVG one draws the same without.
        SVGExporter exporter = new SVGExporter();
        exporter.setWorkspace(workspace);
        try (Writer out = new OutputStreamWriter(new FileOutputStream(args[1]), StandardCharsets.UTF_8)) {
            exporter.setWriter(out);
            exporter.execute();
        }
        System.exit(0);
    }

    private static void name(Node[] nodes, int labels) {
        Arrays.sort(nodes, (one, other) -> Float.compare(other.size(), one.size()));
        for (int place = labels; place < nodes.length; place++) nodes[place].setLabel("");
    }

    private static void set(PreviewModel model, String font) {
        PreviewProperties properties = model.getProperties();
        properties.putValue(PreviewProperty.BACKGROUND_COLOR, Color.WHITE);
        properties.putValue(PreviewProperty.SHOW_NODE_LABELS, true);
        properties.putValue(PreviewProperty.NODE_LABEL_FONT, new Font(font, Font.PLAIN, 60));
        properties.putValue(PreviewProperty.NODE_LABEL_PROPORTIONAL_SIZE, false);
        properties.putValue(PreviewProperty.NODE_LABEL_OUTLINE_SIZE, 8f);
        properties.putValue(PreviewProperty.NODE_LABEL_OUTLINE_COLOR, new DependantColor(Color.WHITE));
        properties.putValue(PreviewProperty.NODE_LABEL_OUTLINE_OPACITY, 85f);
        properties.putValue(PreviewProperty.EDGE_COLOR, new EdgeColor(EdgeColor.Mode.ORIGINAL));
        properties.putValue(PreviewProperty.EDGE_CURVED, true);
        properties.putValue(PreviewProperty.EDGE_OPACITY, 70f);
        properties.putValue(PreviewProperty.EDGE_THICKNESS, 8f);
        properties.putValue(PreviewProperty.EDGE_RESCALE_WEIGHT, true);
        properties.putValue(PreviewProperty.EDGE_RESCALE_WEIGHT_MIN, 0.5f);
        properties.putValue(PreviewProperty.EDGE_RESCALE_WEIGHT_MAX, 3f);
        properties.putValue(PreviewProperty.NODE_BORDER_WIDTH, 1f);
        properties.putValue(PreviewProperty.NODE_LABEL_COLOR, new DependantOriginalColor(Color.BLACK));
    }
}
