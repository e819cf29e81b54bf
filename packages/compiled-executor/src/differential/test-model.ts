import type { Dice } from './test-dice.ts'

/** A field as every subgraph that has it declares it. */
export interface FieldModel {
  readonly name: string
  readonly base: string
  readonly wrap: string
  readonly takes: boolean
}

export interface EntityModel {
  readonly name: string
  readonly isOfInterface: boolean
  /** Its keys in each subgraph it is in. */
  readonly keys: Map<string, readonly string[]>
  readonly fields: { readonly field: FieldModel; readonly owners: readonly string[]; readonly requires?: FieldModel }[]
}

interface RootModel {
  readonly owner: string
  readonly kind: 'Query' | 'Mutation'
  readonly field: FieldModel
  /** A field of another subgraph that this one answers here. */
  readonly provides?: FieldModel
}

/** What the subgraphs of one supergraph share; `test-sdl.ts` writes it down. */
export interface Model {
  readonly subgraphs: readonly string[]
  readonly entities: readonly EntityModel[]
  readonly valueReferences: FieldModel | undefined
  readonly unionMembers: readonly string[]
  /** Where the interface has no `note`, though all that are of it have. */
  readonly withoutNote: readonly string[]
  /** Whether a colour, and a type of the interface and the union, are there that no client may see. */
  readonly isHiding: boolean
  /** A subgraph that knows the interface as one object, and its fields there. */
  readonly interfaceObject: readonly FieldModel[] | undefined
  readonly roots: readonly RootModel[]
}

/** The subgraph in which the interface is an object. */
export const OBJECT_SUBGRAPH = 'sx'
/** The subgraph that has the interface and all that are of it. */
export const INTERFACE_SUBGRAPH = 's0'

const LEAVES = ['String', 'Int', 'Float', 'Boolean', 'ID', 'Colour', 'Anything'] as const
const WRAPS = ['T', 'T', 'T', 'T!', '[T]', '[T!]', '[T]!', '[T!]!', '[[T!]]', '[[T]!]!'] as const
const KEYS = ['id', 'code', 'ref { n }'] as const

export function modelOf(dice: Dice): Model {
  const subgraphs = ['s0', 's1', 's2'].slice(0, 2 + dice.below(2))
  const names = ['A', 'B', 'C'].slice(0, 1 + dice.below(3))
  const bases = ['Value', 'Face', 'Either', ...names]
  const fieldOf = (name: string, base: string): FieldModel => ({
    name,
    base,
    wrap: dice.of(WRAPS),
    takes: dice.percent(20),
  })
  const anyField = (name: string) => fieldOf(name, dice.percent(50) ? dice.of(LEAVES) : dice.of(bases))
  const entities = names.map((name, index) => entityOf(dice, name, index === 0, subgraphs, anyField))
  const roots = subgraphs.flatMap((owner) =>
    Array.from({ length: 1 + dice.below(2) }, (_, index) => ({
      owner,
      kind: 'Query' as const,
      field: fieldOf(`${owner}q${index}`, dice.percent(90) ? dice.of(bases) : dice.of(LEAVES)),
    })),
  )
  const mutations = subgraphs
    .slice(0, 2)
    .map((owner) => ({ owner, kind: 'Mutation' as const, field: fieldOf(`${owner}m`, dice.of(names)) }))
  const interfaceObject = dice.percent(50)
    ? [fieldOf('extra', dice.of(LEAVES)), fieldOf('more', dice.of([...LEAVES, 'Value']))]
    : undefined
  const objectRoot = { owner: OBJECT_SUBGRAPH, kind: 'Query' as const, field: fieldOf('sxq', 'Face') }
  return {
    subgraphs: interfaceObject ? [...subgraphs, OBJECT_SUBGRAPH] : subgraphs,
    entities,
    // An entity in a value that `sx` has would bring the entity there, where only the interface may be.
    valueReferences: dice.percent(50) && !interfaceObject ? fieldOf('valueOf', dice.of(names)) : undefined,
    unionMembers: dice.percent(70) ? names : names.slice(0, 1),
    withoutNote: subgraphs.filter(() => dice.percent(50)),
    isHiding: dice.percent(40),
    interfaceObject,
    roots: [...roots, ...mutations, ...(interfaceObject ? [objectRoot] : [])].map((root) => {
      const foreign = providable(root, entities)
      return foreign.length > 0 && dice.percent(50) ? { ...root, provides: dice.of(foreign) } : root
    }),
  }
}

/** Leaves of the root field's entity that other subgraphs own. */
function providable({ owner, field }: RootModel, entities: readonly EntityModel[]): FieldModel[] {
  const entity = entities.find(({ name, keys }) => name === field.base && keys.has(owner))
  return (entity?.fields ?? [])
    .filter(({ owners, requires }) => !owners.includes(owner) && !requires)
    .map((one) => one.field)
    .filter(({ base, takes, name }) => (LEAVES as readonly string[]).includes(base) && !takes && name !== 'note')
}

function entityOf(
  dice: Dice,
  name: string,
  isFirst: boolean,
  subgraphs: readonly string[],
  anyField: (name: string) => FieldModel,
): EntityModel {
  const keys = new Map<string, readonly string[]>()
  const origin = dice.of(subgraphs)
  // Where it comes from has every key, so that it is reached from wherever one of them is known.
  keys.set(origin, KEYS)
  for (const subgraph of subgraphs) {
    if (subgraph !== origin && dice.percent(70)) keys.set(subgraph, [dice.of(KEYS)])
  }
  const places = [...keys.keys()]
  const isOfInterface = isFirst || dice.percent(60)
  const fields: EntityModel['fields'] = Array.from({ length: 2 + dice.below(4) }, (_, index) => ({
    field: anyField(`${name.toLowerCase()}${index}`),
    owners: dice.percent(20) ? places : [dice.of(places)],
  }))
  for (const owner of places) {
    const foreign = fields.filter(({ field, owners, requires }) => {
      return (
        !requires &&
        field.name !== 'note' &&
        !owners.includes(owner) &&
        !['Face', 'Either', 'A', 'B', 'C'].includes(field.base) &&
        !field.takes
      )
    })
    if (foreign.length === 0 || !dice.percent(60)) continue
    const field = anyField(`${name.toLowerCase()}of${owner}`)
    fields.push({ field, owners: [owner], requires: dice.of(foreign).field })
  }
  // Now nullable, now not: where the interface has no such field, the planner asks for them under names of its own.
  const note: FieldModel = { name: 'note', base: 'String', wrap: dice.of(['T', 'T!']), takes: false }
  if (isOfInterface) fields.push({ field: note, owners: dice.percent(60) ? places : [dice.of(places)] })
  return { name, isOfInterface, keys, fields }
}
