import type { ObjectFieldsShape, ObjectRef } from '@pothos/core'
import { InvalidInput, type Problem, type Refusal } from '@satuanak/domain-kit'
import { NotPermitted } from '@satuanak/identity'
import type { KitBuilder, KitTypes } from '../builder.ts'
import { type GraphContext, inLocale } from '../context.ts'
import type { Member, RefusalData } from './answer.ts'
import type { RefusalClass } from './options.ts'

interface Registered extends Member {
  readonly ref: ObjectRef<KitTypes<GraphContext>, RefusalData>
}

interface Registry {
  readonly byClass: Map<RefusalClass, Registered>
  readonly always: Registered[]
  readonly onMutations: Registered[]
}

const REGISTRIES = new WeakMap<object, Registry>()

/** The refusals a builder knows. */
export function refusalsOf(builder: object): Registry {
  const registry = REGISTRIES.get(builder)
  if (!registry) throw new Error('This builder was not made by createBuilder.')
  return registry
}

export interface RefusalOptions<R extends Refusal, Context extends GraphContext> {
  readonly name: string
  readonly description: string
  /** Beyond `code`, `message`, `field` and `rule`. The parent holds the refusal's own properties, not its methods. */
  readonly fields?: ObjectFieldsShape<KitTypes<Context>, RefusalData<R>>
}

/**
 * Gives a feature's refusal class its GraphQL type, a member of the interface `Refusal`. Name the class in the `errors`
 * of the mutations that may answer it.
 */
export function refusal<R extends Refusal, Context extends GraphContext>(
  builder: KitBuilder<Context>,
  refusalClass: RefusalClass<R>,
  options: RefusalOptions<R, Context>,
): void {
  const registry = refusalsOf(builder)
  const matches = (thrown: Refusal) => thrown instanceof refusalClass
  registry.byClass.set(refusalClass, { name: options.name, matches, ref: implement(builder, options) })
}

function implement<R extends Refusal, Context extends GraphContext>(
  builder: KitBuilder<Context>,
  { name, description, fields }: RefusalOptions<R, Context>,
): Registered['ref'] {
  const ref = builder.objectRef<RefusalData>(name)
  ref.implement({
    description,
    permission: 'anyone',
    // Two services may refuse for the same reason in the same words: one type in the joined graph.
    shareable: true,
    interfaces: ['Refusal'],
    // Only objects of this class come to this type (the union picks by class).
    ...(fields && { fields: fields as unknown as ObjectFieldsShape<KitTypes<Context>, RefusalData> }),
  })
  // Types of different contexts differ only in what their resolvers are given.
  return ref as unknown as Registered['ref']
}

/** The types every subgraph shares, exactly alike, so that they compose as value types of the joined graph. */
export function registerSharedRefusals(builder: KitBuilder<GraphContext>): void {
  const registry: Registry = { byClass: new Map(), always: [], onMutations: [] }
  REGISTRIES.set(builder, registry)
  refusalInterface(builder)
  const problem = problemType(builder)

  refusal(builder, InvalidInput, {
    name: 'InvalidInput',
    description: 'The input breaks rules: all of them at once, so that the form can be mended in one go.',
    fields: (t) => ({
      problems: t.expose('problems', { type: [problem], nullable: false, permission: 'anyone' }),
    }),
  })
  refusal(builder, NotPermitted, {
    name: 'NotPermittedRefusal',
    description: 'The caller may not do this, here. The message says whom to ask.',
    fields: (t) => ({
      reason: t.exposeString('reason', { nullable: false, permission: 'anyone' }),
      permission: t.exposeString('permission', { nullable: false, permission: 'anyone' }),
      agency: t.exposeString('agency', { nullable: false, permission: 'anyone', description: 'The agency to ask.' }),
    }),
  })
  registry.always.push(...registry.byClass.values())
  registry.onMutations.push(requestIdReused(builder))
}

/** Its class belongs to the service-kit, which stands on this package; the stable code is what names it here. */
function requestIdReused(builder: KitBuilder<GraphContext>): Registered {
  const name = 'RequestIdReused'
  const description = 'The request id was already used for another input. Send again with a new one.'
  return { name, matches: ({ code }) => code === 'REQUEST_ID_REUSED', ref: implement(builder, { name, description }) }
}

function refusalInterface(builder: KitBuilder<GraphContext>): void {
  builder.interfaceType('Refusal', {
    description: 'An expected "no", with a stable code to switch on and a sentence for the user.',
    permission: 'anyone',
    fields: (t) => ({
      code: t.exposeString('code', { nullable: false, permission: 'anyone' }),
      message: t.string({
        description: 'In the language of Accept-Language: Indonesian, or English.',
        nullable: false,
        permission: 'anyone',
        resolve: ({ sentence }, _args, { locale }) => inLocale(sentence, locale),
      }),
      field: t.exposeString('field', { nullable: true, permission: 'anyone', description: 'Path inside the input.' }),
      rule: t.exposeString('rule', { nullable: true, permission: 'anyone', description: 'The rule it breaks.' }),
    }),
  })
}

function problemType(builder: KitBuilder<GraphContext>) {
  return builder.objectRef<Problem>('Problem').implement({
    description: 'One thing wrong with one field of the input, and how to mend it.',
    permission: 'anyone',
    shareable: true,
    fields: (t) => ({
      field: t.exposeString('field', { nullable: false, permission: 'anyone' }),
      rule: t.exposeString('rule', { nullable: false, permission: 'anyone' }),
      message: t.string({
        nullable: false,
        permission: 'anyone',
        resolve: (problem, _args, { locale }) => inLocale(problem.message, locale),
      }),
    }),
  })
}
