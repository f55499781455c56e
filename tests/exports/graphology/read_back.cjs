// Parses a GraphML or GEXF file with graphology's parser, set up as Gephi Lite sets it up, and prints the graph.
// node read_back.cjs NODE_MODULES FILE
const { createRequire } = require("node:module");
const { readFileSync } = require("node:fs");
const { join } = require("node:path");

const [modules, file] = process.argv.slice(2);
const load = createRequire(join(modules, "x.js"));
const Graph = load("graphology");
const text = readFileSync(file, "utf8");
const graph = file.endsWith(".gexf")
  ? load("graphology-gexf").parse(Graph, text, { addMissingNodes: true, allowUndeclaredAttributes: true })
  : load("graphology-graphml").parse(Graph, text, { addMissingNodes: true });
const edges = {};
graph.forEachEdge((key, attributes, source, target, a, b, undirected) => {
  edges[key] = { source, target, undirected, attributes };
});
const nodes = {};
graph.forEachNode((key, attributes) => (nodes[key] = attributes));
process.stdout.write(JSON.stringify({ type: graph.type, multi: graph.multi, nodes, edges }));
