import {
  type CompositeType,
  type Field,
  type FieldSelection,
  type FragmentSelection,
  isObjectType,
  isSubtype,
  type NamedType,
  type Schema,
  type SelectionSet,
} from '@apollo/federation-internals'
import { getOwn, type Named, promised, setOwn } from '../own.ts'
import { type CompleteWorld, compileComplete } from './complete.ts'
import { compileSkips, type Skips } from './conditions.ts'
import { compilePlain, hasExactly, kept, type Plain } from './kept.ts'
import { type Complete, FAILED, INVALID, type ShapeRun } from './run.ts'

/** The selections of an object, compiled. */
export interface Selections {
  /**
   * Writes the fields of one object into `output`, which is new where `isNew`.
   * @returns whether the object is null because a field of it may not be.
   */
  fill(input: Named, output: Named, run: ShapeRun, isNew: boolean): boolean
  /**
   * The object that nothing else has filled: `input` itself where it is the answer as it stands, which most objects
   * are, else a new one.
   * @returns FAILED where the object is null because a field of it may not be.
   */
  make(input: Named, run: ShapeRun): Named | typeof FAILED
}

/** One field or condition of an object; true where the object becomes null. */
type Op = (input: Named, output: Named, run: ShapeRun) => boolean

export interface SelectionsWorld extends CompleteWorld {
  /** What `__schema` and `__type` answer. */
  introspect(selection: FieldSelection): (run: ShapeRun) => unknown
}

/** The two ways in which an object is filled: by itself, and after another fragment has filled it. */
interface Variant {
  /** Where there is nothing but fields, each once: what an answer that may stay as it is has. */
  readonly plain: Plain | undefined
  readonly whenNew: readonly Op[]
  /** Made when it is first needed: most objects are never filled twice. */
  readonly whenKnown: () => readonly Op[]
}

/** The type an object tells: one of the schema, one that the schema does not know, none, or no name at all. */
type Told = NamedType | 'unknown' | 'none' | 'no-name'

/**
 * Compiles the selections of an object whose field has the given type. Which fragments apply depends on the type the
 * object tells; each such list of fields is made when it is first met, and there are as many as the schema has types.
 */
export function compileSelections(
  world: SelectionsWorld,
  set: SelectionSet,
  type: CompositeType,
  isRoot = false,
): Selections {
  const byName = new Map<unknown, Variant>()
  const byTold = new Map<Told, Variant>()
  const variantOf = (name: unknown): Variant => {
    const told = toldBy(world.schema, name)
    // Whatever a subgraph says of its root, the client's root is the operation's.
    const parentType = isRoot || typeof told === 'string' ? type : (told as CompositeType)
    const variant = byTold.get(told) ?? compileVariant(world, set, parentType, told)
    byTold.set(told, variant)
    // Names that a subgraph invents are not remembered: there is no end to them.
    if (told !== 'unknown' && told !== 'no-name') byName.set(name, variant)
    return variant
  }
  const variantFor = (input: Named) => byName.get(input.__typename) ?? variantOf(input.__typename)
  return {
    fill: (input, output, run, isNew) => {
      const variant = variantFor(input)
      return filled(isNew ? variant.whenNew : variant.whenKnown(), input, output, run)
    },
    make: (input, run) => {
      const { plain, whenNew } = variantFor(input)
      if (plain && hasExactly(input, plain.names)) return kept(plain, input, run)
      const output = {}
      return filled(whenNew, input, output, run) ? FAILED : output
    },
  }
}

function filled(ops: readonly Op[], input: Named, output: Named, run: ShapeRun): boolean {
  for (const op of ops) if (op(input, output, run)) return true
  return false
}

function toldBy(schema: Schema, name: unknown): Told {
  if (!name) return 'none'
  return typeof name === 'string' ? (schema.type(name) ?? 'unknown') : 'no-name'
}

/** A field, as it is met when fragments are opened; or a fragment that adds nothing but what it may throw. */
export interface Met {
  readonly selection: FieldSelection | 'condition' | 'no-name'
  readonly parentType: CompositeType
  readonly skips: readonly Skips[]
}

function compileVariant(world: SelectionsWorld, set: SelectionSet, type: CompositeType, told: Told): Variant {
  const met = opened(world, set, type, told, [])
  const counts = new Map<string, number>()
  for (const { selection } of met) {
    const name = typeof selection === 'string' ? '' : selection.element.responseName()
    counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  const ops = (isKnown: (name: string) => boolean) =>
    met.map(({ selection, parentType, skips }) => {
      if (typeof selection === 'string') return guarded(skips, selection === 'no-name' ? noName : () => false)
      return guarded(skips, compileField(world, selection, parentType, isKnown(selection.element.responseName())))
    })
  let whenKnown: readonly Op[] | undefined
  return {
    plain: compilePlain(world, met, counts),
    whenNew: ops((name) => (counts.get(name) ?? 0) > 1),
    whenKnown: () => {
      whenKnown ??= ops(() => true)
      return whenKnown
    },
  }
}

function guarded(skips: readonly Skips[], op: Op): Op {
  const [first, ...rest] = skips
  if (!first) return op
  const inner = guarded(rest, op)
  return (input, output, run) => !first(run) && inner(input, output, run)
}

/** All fields of the set and of the fragments that apply to the type, in the order of the document. */
function opened(
  world: SelectionsWorld,
  set: SelectionSet,
  parentType: CompositeType,
  told: Told,
  outer: readonly Skips[],
): Met[] {
  return set.selections().flatMap((selection): Met[] => {
    const own = compileSkips(selection.element, world.schema)
    const skips = own ? [...outer, own] : outer
    if (selection.kind === 'FieldSelection') return [{ selection, parentType, skips }]
    // The condition itself may be an error, whether or not the fragment applies.
    const condition: Met[] = own ? [{ selection: 'condition', parentType, skips }] : []
    if (told === 'no-name') return [...condition, { selection: 'no-name', parentType, skips }]
    if (!applies(selection, told, parentType)) return condition
    const inner = selection.element.typeCondition ?? parentType
    return [...condition, ...opened(world, selection.selectionSet, inner, told, skips)]
  })
}

const noName: Op = (input) => {
  throw new Error(`Got unexpected value for __typename: ${input.__typename}`)
}

function applies({ element: { typeCondition } }: FragmentSelection, told: Told, parentType: CompositeType): boolean {
  if (!typeCondition) return true
  if (told === 'unknown') return false
  return isSubtype(typeCondition, typeof told === 'string' ? parentType : told)
}

function compileField(
  world: SelectionsWorld,
  selection: FieldSelection,
  parentType: CompositeType,
  isKnown: boolean,
): Op {
  const field = selection.element
  const name = field.responseName()
  if (field.definition.isSchemaIntrospectionField()) {
    const introspect = world.introspect(selection)
    return (_input, output, run) => {
      if (getOwn(output, name) === undefined) setOwn(output, name, introspect(run))
      return false
    }
  }
  if (field.name === '__typename') return typenameOp(world.schema, name, parentType)
  const type = (field as Field<CompositeType>).definition.type
  promised(type, () => `No type of ${field}`)
  return valueOp(name, compileComplete(world, type, selection.selectionSet, { parentType }), isKnown)
}

function typenameOp(schema: Schema, name: string, parentType: CompositeType): Op {
  return (input, output) => {
    if (getOwn(output, name) !== undefined) return false
    let told = getOwn(input, name) ?? null
    if (told === null && name !== '__typename') told = input.__typename ?? null
    const type = typeof told === 'string' ? (schema.type(told) ?? parentType) : parentType
    if (!isObjectType(type)) return true
    setOwn(output, name, type.name)
    return false
  }
}

function valueOp(name: string, complete: Complete, isKnown: boolean): Op {
  const isOrdinary = name !== '__proto__'
  return (input, output, run) => {
    const value = getOwn(input, name) ?? null
    const { path } = run
    path.push(name)
    const completed = complete(value, isKnown ? getOwn(output, name) : undefined, run)
    path.pop()
    const written = completed === FAILED || completed === INVALID ? null : completed
    if (isOrdinary) output[name] = written
    else setOwn(output, name, written)
    return completed === INVALID
  }
}
