import {
  type GraphQLField,
  type GraphQLInterfaceType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isUnionType,
} from 'graphql'
import type { Dice } from './test-dice.ts'

export interface OperationModel {
  readonly query: string
  readonly variables: Record<string, unknown>
}

type Composite = GraphQLObjectType | GraphQLInterfaceType

interface Writing {
  readonly dice: Dice
  readonly schema: GraphQLSchema
  readonly fragments: Map<string, { readonly on: string; readonly text: string }>
  readonly used: Set<string>
  readonly names: ArrayIterator<number>
  /** How many selections may still be written. */
  left: number
  /** What each field is given, so that two that meet may be merged. */
  readonly given: Map<string, string>
  /** Which field has each alias. */
  readonly aliases: Map<string, string>
}

const DEFINED = { $must: 'Boolean!', $may: 'Boolean = true', $at: 'Int', $maybe: 'Boolean = false' } as const
type Variable = keyof typeof DEFINED

/** An operation of the schema, and variables for it. Overlapping names may make it invalid: the caller looks. */
export function operationOf(dice: Dice, schema: GraphQLSchema): OperationModel {
  const writing: Writing = {
    dice,
    schema,
    fragments: new Map(),
    used: new Set(),
    names: Array(1_000).keys(),
    left: 30,
    given: new Map(),
    aliases: new Map(),
  }
  const isMutation = dice.percent(10)
  const root = (isMutation && schema.getMutationType()) || schema.getQueryType()
  if (!root) throw new Error('no root')
  const body = selectionSet(writing, root, 5)
  const used = Object.entries(DEFINED).filter(([name]) => writing.used.has(name))
  const head = used.length > 0 ? `(${used.map(([name, type]) => `${name}: ${type}`).join(', ')})` : ''
  const fragments = [...writing.fragments].map(([name, { on, text }]) => `fragment ${name} on ${on} ${text}`)
  return {
    query: `${root === schema.getMutationType() ? 'mutation' : 'query'} O${head} ${body}\n${fragments.join('\n')}`,
    variables: variablesOf(dice, new Set(used.map(([name]) => name.slice(1)))),
  }
}

function variablesOf(dice: Dice, used: ReadonlySet<string>): Record<string, unknown> {
  const all: Record<string, unknown> = { must: dice.percent(50) }
  if (dice.percent(50)) all.may = dice.percent(95) ? dice.percent(50) : null
  if (dice.percent(50)) all.maybe = dice.percent(50)
  if (dice.percent(50)) all.at = dice.of([1, 2, null])
  // A value that no variable can have: both refuse before anything is fetched.
  if (dice.percent(2)) all.must = 'yes'
  return Object.fromEntries(Object.entries(all).filter(([name]) => used.has(name)))
}

function selectionSet(writing: Writing, type: Composite | GraphQLNamedType, wanted: number): string {
  const depth = writing.left > 0 ? wanted : 0
  const { dice } = writing
  const many = writing.left > 0 ? 1 + dice.below(4) : 1
  writing.left -= many
  const parts = Array.from({ length: many }, () => selection(writing, type, depth))
  return `{ ${parts.join(' ')} }`
}

function selection(writing: Writing, type: GraphQLNamedType, depth: number): string {
  const { dice } = writing
  if (dice.percent(8) || (depth <= 0 && isUnionType(type))) return typename(writing)
  if (depth > 0 && dice.percent(isUnionType(type) ? 100 : isAbstractType(type) ? 50 : 12))
    return fragment(writing, type, depth)
  if (type === writing.schema.getQueryType() && dice.percent(5)) return introspection(writing)
  const fields = Object.values((type as Composite).getFields())
  const leaves = fields.filter((field) => !isCompositeType(getNamedType(field.type)))
  const from = depth <= 0 ? leaves : dice.percent(60) ? fields.filter((one) => !leaves.includes(one)) : fields
  if (depth <= 0 && leaves.length === 0) return '__typename'
  return field(writing, dice.of(from.length > 0 ? from : fields), depth)
}

const typename = (writing: Writing) =>
  `${aliased(writing, '__typename', ['', '', 'kind', '__proto__', 'toString'])}__typename ${condition(writing, 10)}`

/** An alias, where no other field of the operation has it. */
function aliased({ dice, aliases }: Writing, field: string, choices: readonly string[]): string {
  const alias = dice.of(choices)
  if (alias === '' || (aliases.get(alias) ?? field) !== field) return ''
  aliases.set(alias, field)
  return `${alias}: `
}

const introspection = (writing: Writing) =>
  writing.dice.of([
    () => `__type(name: "A") { name fields(includeDeprecated: ${use(writing, '$maybe')}) { name type { kind name } } }`,
    () => '__schema { queryType { name ...on __Type { kind } } }',
    () => 'hidden: __type(name: "Nobody") { name }',
  ])()

function fragment(writing: Writing, type: GraphQLNamedType, depth: number): string {
  const { dice, schema, fragments } = writing
  const choices = isAbstractType(type) ? [...schema.getPossibleTypes(type), type] : [type, ...facesOf(type)]
  const on = dice.of(choices)
  if (dice.percent(30)) {
    const existing = [...fragments].filter(([, one]) => one.on === on.name)
    const name = existing.length > 0 && dice.percent(40) ? dice.of(existing)[0] : `F${writing.names.next().value}`
    if (!fragments.has(name)) fragments.set(name, { on: on.name, text: selectionSet(writing, on, depth - 1) })
    return `...${name} ${condition(writing, 20)}`
  }
  const isPlain = on === type && !isUnionType(type) && dice.percent(50)
  return `... ${isPlain ? '' : `on ${on.name}`} ${condition(writing, 20)} ${selectionSet(writing, on, depth - 1)}`
}

const facesOf = (type: GraphQLNamedType): readonly GraphQLNamedType[] =>
  'getInterfaces' in type ? type.getInterfaces() : []

function field(writing: Writing, { name, args, type }: GraphQLField<unknown, unknown>, depth: number): string {
  const { dice } = writing
  const base = getNamedType(type)
  const alias = aliased(writing, name, dice.percent(8) ? [`x${name}`, '__proto__', 'constructor'] : [''])
  const given = writing.given.get(name) ?? (args.length > 0 && dice.percent(60) ? argument(writing) : '')
  writing.given.set(name, given)
  const inner = isCompositeType(base) ? selectionSet(writing, base, depth - 1) : ''
  return `${alias}${name}${given} ${condition(writing, 12)} ${inner}`
}

const argument = (writing: Writing): string =>
  `(${writing.dice.of([() => 'at: 1', () => `at: ${use(writing, '$at')}`, () => 'on: true'])()})`

function condition(writing: Writing, percent: number): string {
  const { dice } = writing
  if (!dice.percent(percent)) return ''
  const value = () => dice.of(['$must', '$may', '$maybe', 'true', 'false'] as const)
  const one = (directive: string) => {
    const chosen = value()
    return `@${directive}(if: ${chosen.startsWith('$') ? use(writing, chosen as Variable) : chosen})`
  }
  return dice.of([() => one('skip'), () => one('include'), () => `${one('skip')} ${one('include')}`])()
}

function use({ used }: Writing, variable: Variable): string {
  used.add(variable)
  return variable
}
