import type { Graph } from './graph.ts'
import { marksFrom } from './marks.ts'

const views = new WeakMap<Graph, Graph>()
const NO_MARKS = marksFrom([])

/** The same rows without a viewer and without anything that belongs to one. */
export function anonymous(graph: Graph): Graph {
  if (!graph.viewer) return graph
  let view = views.get(graph)
  if (!view) {
    view = { ...graph, viewer: null, marks: NO_MARKS, filters: [], relations: new Map() }
    views.set(graph, view)
  }
  return view
}
