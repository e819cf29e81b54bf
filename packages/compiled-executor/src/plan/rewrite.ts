import type { FetchDataRewrite } from '@apollo/query-planner'
import type { GraphQLSchema } from 'graphql'
import { getOwn, type Named, promised, setOwn } from '../own.ts'
import { typeTest } from './types.ts'

/** Changes an answer or a representation in place: interface objects and renamed fields need it. */
export type Rewriter = (value: unknown) => void

const FRAGMENT = '... on '

/** Compiles a fetch's rewrites; undefined where it has none. */
export function compileRewrites(
  schema: GraphQLSchema,
  rewrites: readonly FetchDataRewrite[] | undefined,
): Rewriter | undefined {
  const all = (rewrites ?? []).flatMap((rewrite) => compileRewrite(schema, rewrite))
  return all.length === 0 ? undefined : (value) => all.forEach((rewrite) => void rewrite(value))
}

function compileRewrite(schema: GraphQLSchema, rewrite: FetchDataRewrite): Rewriter[] {
  const last = rewrite.path.at(-1)
  if (last === undefined) return []
  promised(!last.startsWith(FRAGMENT), () => `Unexpected fragment as last element of ${rewrite.path}`)
  return [
    rewrite.path
      .slice(0, -1)
      .reduceRight<Rewriter>((inner, step) => inEach(into(schema, step, inner)), inEach(changer(rewrite, last))),
  ]
}

function changer(rewrite: FetchDataRewrite, name: string): (object: Named) => void {
  if (rewrite.kind === 'ValueSetter') return (object) => setOwn(object, name, rewrite.setValueTo)
  return (object) => {
    const value = getOwn(object, name)
    if (!value) return
    setOwn(object, rewrite.renameKeyTo, value)
    object[name] = undefined
  }
}

function into(schema: GraphQLSchema, step: string, inner: Rewriter): (object: Named) => void {
  if (!step.startsWith(FRAGMENT)) return (object) => inner(getOwn(object, step))
  const applies = typeTest(schema, step.slice(FRAGMENT.length), true)
  return (object) => {
    if (applies(object)) inner(object)
  }
}

/** Whatever stands there: each object of lists of any depth; nothing of what is no object. */
function inEach(change: (object: Named) => void): Rewriter {
  return function rewrite(value) {
    if (Array.isArray(value)) for (const one of value) rewrite(one)
    else if (typeof value === 'object' && value !== null) change(value as Named)
  }
}
