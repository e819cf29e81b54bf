import SchemaBuilder, { BasePlugin, type PothosOutputFieldConfig, type SchemaTypes } from '@pothos/core'
import { type GraphQLFieldResolver, GraphQLSchema } from 'graphql'
import { forgetLoaded } from '../loader.ts'
import { answering, type Member, memberOf, type Outcome, type Resolver, reporting, type Success } from './answer.ts'
import { refusalsOf } from './register.ts'

type Registered = ReturnType<typeof refusalsOf>['always'][number]

/** Turns the refusals a use case throws into members of the field's result union, else into errors with their code. */
export class RefusalPlugin<Types extends SchemaTypes> extends BasePlugin<Types> {
  override onOutputFieldConfig(field: PothosOutputFieldConfig<Types>): PothosOutputFieldConfig<Types> {
    const named = field.pothosOptions.errors
    if (named === undefined && field.kind !== 'Mutation') return field
    const members = this.membersOf(field)
    const ref = this.resultUnion(field, members)
    return {
      ...field,
      type: { kind: 'Union', ref, nullable: field.type.nullable },
      extensions: { ...field.extensions, refusals: members },
    }
  }

  override wrapResolve(
    resolver: GraphQLFieldResolver<unknown, Types['Context'], object>,
    field: PothosOutputFieldConfig<Types>,
  ): GraphQLFieldResolver<unknown, Types['Context'], object> {
    const members = field.extensions?.refusals as readonly Member[] | undefined
    const resolve = resolver as Resolver
    const wrapped: Resolver = members ? answering(resolve, members) : field.resolve ? reporting(resolve) : resolve
    return (field.kind === 'Mutation' ? findingAnew(wrapped) : wrapped) as typeof resolver
  }

  /** `Mutation` is always there for features to add to; a subgraph that only reads has none. */
  override afterBuild(schema: GraphQLSchema): GraphQLSchema {
    const mutation = schema.getMutationType()
    if (!mutation || Object.keys(mutation.getFields()).length > 0) return schema
    const { types, ...config } = schema.toConfig()
    return new GraphQLSchema({ ...config, types: types.filter((type) => type !== mutation), mutation: null })
  }

  private membersOf(field: PothosOutputFieldConfig<Types>): readonly Registered[] {
    const { byClass, always, onMutations } = refusalsOf(this.builder)
    const own = (field.pothosOptions.errors?.types ?? []).map((refusalClass) => {
      const member = byClass.get(refusalClass)
      if (member) return member
      throw new Error(
        `${field.parentType}.${field.name} names ${refusalClass.name} among its errors, which has no GraphQL type: ` +
          `register it with refusal(builder, ${refusalClass.name}, { … }).`,
      )
    })
    return [...new Set([...own, ...always, ...(field.kind === 'Mutation' ? onMutations : [])])]
  }

  private resultUnion(field: PothosOutputFieldConfig<Types>, members: readonly Registered[]) {
    const name = `${field.name.charAt(0).toUpperCase()}${field.name.slice(1)}`
    return this.runUnique(`result of ${field.parentType}.${field.name}`, () => {
      const success = this.builder.objectRef<Success>(`${name}Success`)
      const { type } = field.pothosOptions
      success.implement({
        permission: 'anyone',
        fields: (t) => ({
          data: t.field({ type, nullable: false, permission: 'anyone', resolve: (parent) => parent.success as never }),
        }),
      })
      const refs = members.map(({ ref }) => ref as unknown as typeof success)
      return this.builder.unionType(`${name}Result`, {
        types: [success, ...refs],
        resolveType: (outcome: Outcome) => memberOf(outcome) ?? success,
      })
    })
  }
}

/** Mutations of one request run one after the other, each with its whole answer. */
const findingAnew =
  (resolve: Resolver): Resolver =>
  (parent, args, context, info) => {
    forgetLoaded(context)
    return resolve(parent, args, context, info)
  }

SchemaBuilder.registerPlugin('refusals', RefusalPlugin)
