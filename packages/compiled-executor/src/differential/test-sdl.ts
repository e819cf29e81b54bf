import { type EntityModel, type FieldModel, INTERFACE_SUBGRAPH, type Model, OBJECT_SUBGRAPH } from './test-model.ts'

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9",
  import: ["@key", "@shareable", "@external", "@requires", "@provides", "@interfaceObject", "@inaccessible"])`

const shared = (isHiding: boolean) => `
  enum Colour { RED GREEN ${isHiding ? '@inaccessible' : ''} BLUE }
  scalar Anything
  type Ref @shareable { n: Int! }
`

/** What each subgraph of a model says of itself. */
export function sdlOf(model: Model): Map<string, string> {
  const needed = neededIn(model)
  return new Map(
    model.subgraphs.map((subgraph) => [subgraph, subgraphSdl(model, subgraph, needed.get(subgraph) ?? new Set())]),
  )
}

/** Which types each subgraph must have, because a field of it, or of a type it must have, is of them. */
function neededIn(model: Model): Map<string, Set<string>> {
  return new Map(
    model.subgraphs.map((subgraph) => {
      const needed = new Set(model.roots.filter(({ owner }) => owner === subgraph).map(({ field }) => field.base))
      for (const { name, keys } of model.entities) if (keys.has(subgraph)) needed.add(name)
      if (subgraph === INTERFACE_SUBGRAPH && model.interfaceObject) needed.add('Face')
      if (subgraph === OBJECT_SUBGRAPH) for (const { base } of model.interfaceObject ?? []) needed.add(base)
      for (let size = -1; size !== needed.size; ) {
        size = needed.size
        for (const name of [...needed]) for (const base of basesOf(model, name, subgraph)) needed.add(base)
      }
      return [subgraph, needed]
    }),
  )
}

function basesOf(model: Model, name: string, subgraph: string): string[] {
  if (name === 'Value') return model.valueReferences ? [model.valueReferences.base] : []
  if (name === 'Either') return [...model.unionMembers]
  if (name === 'Face') {
    if (subgraph === OBJECT_SUBGRAPH) return []
    return model.entities.filter(({ isOfInterface }) => isOfInterface).map((entity) => entity.name)
  }
  const entity = model.entities.find((one) => one.name === name)
  return (entity?.fields ?? [])
    .filter(({ owners }) => owners.includes(subgraph))
    .flatMap(({ field, requires }) => [field.base, ...(requires ? [requires.base] : [])])
}

function subgraphSdl(model: Model, subgraph: string, needed: ReadonlySet<string>): string {
  const isObject = subgraph === OBJECT_SUBGRAPH
  // Where the interface has a key, every type that is of it must be in the same subgraph: it is.
  const key = model.interfaceObject && subgraph === INTERFACE_SUBGRAPH ? '@key(fields: "id")' : ''
  const face = isObject
    ? `type Face @key(fields: "id") @interfaceObject { id: ID! ${(model.interfaceObject ?? []).map(declared).join(' ')} }`
    : `interface Face ${key} { id: ID! ${hasNote(model, subgraph, needed) ? 'note: String' : ''} }`
  const isHiding = model.isHiding && subgraph === INTERFACE_SUBGRAPH
  const isOf = needed.has('Face') ? 'implements Face' : ''
  const reference = model.valueReferences ? declared(model.valueReferences) : ''
  const roots = (kind: string) => model.roots.filter((root) => root.owner === subgraph && root.kind === kind)
  const root = (kind: string) =>
    roots(kind).length > 0
      ? `type ${kind} { ${roots(kind)
          .map(({ field, provides }) => `${declared(field)} ${provides ? `@provides(fields: "${provides.name}")` : ''}`)
          .join(' ')} }`
      : ''
  return [
    LINK,
    shared(model.isHiding),
    root('Query'),
    root('Mutation'),
    needed.has('Face') ? face : '',
    needed.has('Value') ? `type Value @shareable { number: Int text: String! list: [Colour!] ${reference} }` : '',
    needed.has('Either')
      ? `union Either = ${[...model.unionMembers, ...(isHiding ? ['Hidden'] : [])].join(' | ')}`
      : '',
    isHiding ? `type Hidden ${isOf} @key(fields: "id") @inaccessible { id: ID! note: String }` : '',
    ...model.entities.filter(({ name }) => needed.has(name)).map((one) => entitySdl(model, one, subgraph, needed)),
  ].join('\n')
}

/** The interface has the field where all that are of it have it. */
function hasNote(model: Model, subgraph: string, needed: ReadonlySet<string>): boolean {
  if (model.withoutNote.includes(subgraph)) return false
  return model.entities
    .filter(({ name, isOfInterface }) => isOfInterface && needed.has(name))
    .every(({ fields }) => fields.some(({ field, owners }) => field.name === 'note' && owners.includes(subgraph)))
}

function entitySdl(model: Model, entity: EntityModel, subgraph: string, needed: ReadonlySet<string>): string {
  const keys = new Set(['id', ...(entity.keys.get(subgraph) ?? [])])
  const own = entity.fields.filter(({ owners }) => owners.includes(subgraph))
  const has = (name: string) => own.some(({ field }) => field.name === name)
  const provided = model.roots.filter(({ owner, field }) => owner === subgraph && field.base === entity.name)
  const foreign = [...own.map(({ requires }) => requires), ...provided.map(({ provides }) => provides)]
  const external = new Map(foreign.flatMap((field) => (field && !has(field.name) ? [[field.name, field]] : [])))
  const lines = [
    'id: ID!',
    keys.has('code') ? 'code: String!' : '',
    keys.has('ref { n }') ? 'ref: Ref!' : '',
    ...[...external.values()].map((field) => `${declared(field)} @external`),
    ...own.map(({ field, owners, requires }) => {
      const isProvided = model.roots.some(({ provides }) => provides?.name === field.name)
      const shared = owners.length > 1 || isProvided ? '@shareable' : ''
      const asks = requires ? `@requires(fields: "${asked(requires)}")` : ''
      return `${declared(field)} ${shared} ${asks}`
    }),
  ]
  const isOf = entity.isOfInterface && needed.has('Face') ? 'implements Face' : ''
  const directives = [...keys].map((fields) => `@key(fields: "${fields}")`).join(' ')
  return `type ${entity.name} ${isOf} ${directives} { ${lines.join('\n')} }`
}

const asked = ({ name, base }: FieldModel) => (base === 'Value' ? `${name} { number text }` : name)

function declared({ name, base, wrap, takes }: FieldModel): string {
  return `${name}${takes ? '(at: Int, on: Boolean)' : ''}: ${wrap.replace('T', base)}`
}
