import {
  type ConstDirectiveNode,
  type DefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  parse,
  print,
  visit,
} from 'graphql'

const ROOTS: ReadonlySet<string> = new Set(['Query', 'Mutation'])

/**
 * The same subgraphs in the words of Federation 1: each entity has one owner and is extended by the others, and what is
 * shared is simply repeated.
 * @param last the name of the subgraph that owns nothing.
 */
export function firstFederation(sdl: ReadonlyMap<string, string>, last: string): ReadonlyMap<string, string> {
  const owners = new Map<string, string>()
  const names = [...sdl.keys()].sort((one, other) => Number(one === last) - Number(other === last))
  for (const name of names) {
    for (const definition of parse(sdl.get(name) ?? '').definitions) {
      if (isEntity(definition) && !owners.has(definition.name.value)) owners.set(definition.name.value, name)
    }
  }
  return new Map(names.map((name) => [name, rewritten(sdl.get(name) ?? '', (type) => owners.get(type) === name)]))
}

function rewritten(sdl: string, isOwn: (type: string) => boolean): string {
  const document = visit(parse(sdl), {
    SchemaExtension: () => null,
    Directive: (directive) => {
      if (directive.name.value === 'shareable' || directive.name.value === 'link') return null
      return { ...directive, arguments: directive.arguments?.filter(({ name }) => name.value !== 'resolvable') ?? [] }
    },
    ObjectTypeDefinition: {
      leave: (type) => {
        if (ROOTS.has(type.name.value)) return { ...type, kind: Kind.OBJECT_TYPE_EXTENSION }
        return isEntity(type) && !isOwn(type.name.value) ? extension(type) : undefined
      },
    },
  })
  return print(document)
}

const isEntity = (definition: DefinitionNode): definition is ObjectTypeDefinitionNode =>
  definition.kind === Kind.OBJECT_TYPE_DEFINITION && keysOf(definition).length > 0

const keysOf = ({ directives = [] }: ObjectTypeDefinitionNode): string[] =>
  directives
    .filter(({ name }) => name.value === 'key')
    .flatMap(({ arguments: given = [] }) => given.map(({ value }) => (value.kind === Kind.STRING ? value.value : '')))

function extension(type: ObjectTypeDefinitionNode) {
  const keys = keysOf(type)
  const fields = type.fields?.map((field) =>
    keys.includes(field.name.value) ? { ...field, directives: [...(field.directives ?? []), EXTERNAL] } : field,
  )
  return { ...type, kind: Kind.OBJECT_TYPE_EXTENSION, fields }
}

const EXTERNAL: ConstDirectiveNode = { kind: Kind.DIRECTIVE, name: { kind: Kind.NAME, value: 'external' } }
