import SchemaBuilder, {
  BasePlugin,
  type PothosOutputFieldConfig,
  type PothosOutputFieldType,
  type PothosTypeConfig,
  type SchemaTypes,
} from '@pothos/core'
import type { Permission } from '@satuanak/identity'
import type { GraphQLFieldResolver, GraphQLSchema } from 'graphql'
import type { GraphContext } from '../context.ts'
import { answerOf } from '../refusal/answer.ts'
import { type ChildOf, childByName } from '../refused-try.ts'
import { checkSchema } from './check.ts'
import { type FieldGuard, guarded, type Resolver } from './guard.ts'
import { type Needs, needsOf } from './judge.ts'
import type { FactsOf } from './options.ts'
import { guardedReference, type ReferenceResolver } from './reference.ts'

interface TypeGuard {
  readonly permission?: Permission
  readonly facts?: FactsOf<unknown, GraphContext>
  readonly child?: ChildOf<unknown>
}
type Extensions = Readonly<Record<string, unknown>>

/** Puts every field, and every way an object enters the graph, behind the permissions table. */
export class PermissionPlugin<Types extends SchemaTypes> extends BasePlugin<Types> {
  override onTypeConfig(typeConfig: PothosTypeConfig): PothosTypeConfig {
    if (typeConfig.kind !== 'Object' && typeConfig.kind !== 'Interface') return typeConfig
    const { permission, facts } = guardsOfType(typeConfig)
    const extensions = { ...typeConfig.extensions, permission, ...(facts && { facts }) }
    return { ...typeConfig, extensions: withGuardedReference(typeConfig, extensions) }
  }

  override onOutputFieldConfig(fieldConfig: PothosOutputFieldConfig<Types>): PothosOutputFieldConfig<Types> {
    const { permission } = fieldConfig.pothosOptions
    return { ...fieldConfig, extensions: { ...fieldConfig.extensions, permission } }
  }

  override wrapResolve(
    resolver: GraphQLFieldResolver<unknown, Types['Context'], object>,
    fieldConfig: PothosOutputFieldConfig<Types>,
  ): GraphQLFieldResolver<unknown, Types['Context'], object> {
    // The context type is fixed by createBuilder, which Pothos' plugin types cannot know.
    return guarded(this.guardOf(fieldConfig), resolver as Resolver) as typeof resolver
  }

  override afterBuild(schema: GraphQLSchema): GraphQLSchema {
    checkSchema(schema)
    return schema
  }

  private guardOf(field: PothosOutputFieldConfig<Types>): FieldGuard {
    const parent = this.buildCache.getTypeConfig(field.parentType)
    const { permission, facts, child } = guardsOfType(parent)
    const all = [permission, ...this.interfacePermissions(parent, field.name), field.pothosOptions.permission]
    return {
      // A missing one stops the build (checkSchema), before any resolver runs.
      needs: needsOf(
        all.filter((one) => one !== undefined),
        facts ?? null,
        child ?? childByName(field.parentType),
      ),
      admits: this.admitsOf(field.type),
      nothing: this.nothingOf(field.type),
      answer: answerOf(field.extensions),
    }
  }

  private interfacePermissions(parent: PothosTypeConfig, field: string): readonly (Permission | undefined)[] {
    if (parent.kind !== 'Object' && parent.kind !== 'Interface') return []
    return parent.interfaces
      .map((ref) => this.builder.configStore.getTypeConfig(ref))
      .filter(({ name }) => this.builder.configStore.getFields(name).has(field))
      .map((config) => guardsOfType(config).permission)
  }

  /** Only types with facts: for the others nothing of an object's own is known that its field has not asked already. */
  private admitsOf(type: PothosOutputFieldType<Types>): Needs | null {
    if (type.kind === 'List') return this.admitsOf(type.type)
    if (type.kind !== 'Object') return null
    const needs = needsOfType(this.buildCache.getTypeConfig(type.ref))
    return needs.facts === null ? null : needs
  }

  /** What the field says of a child that has none of this: it must say the same of one that is hidden. */
  private nothingOf(type: PothosOutputFieldType<Types>): (() => unknown) | undefined {
    if (type.kind === 'List') return () => []
    const empty = type.kind === 'Object' && this.buildCache.getTypeConfig(type.ref).extensions?.empty
    if (typeof empty === 'function') return () => empty()
    return type.nullable ? () => null : undefined
  }
}

function guardsOfType(config: PothosTypeConfig): TypeGuard {
  return config.kind === 'Object' || config.kind === 'Interface' ? (config.pothosOptions as TypeGuard) : {}
}

function needsOfType(config: PothosTypeConfig): Needs {
  const { permission, facts, child } = guardsOfType(config)
  return needsOf(permission === undefined ? [] : [permission], facts ?? null, child ?? childByName(config.name))
}

function withGuardedReference(config: PothosTypeConfig, extensions: Extensions): Extensions {
  const apollo = extensions.apollo as { subgraph?: { resolveReference?: ReferenceResolver } } | undefined
  const resolve = apollo?.subgraph?.resolveReference
  if (!resolve) return extensions
  const directives = (extensions.directives ?? []) as readonly { name: string; args?: { fields?: string } }[]
  const keys = directives.flatMap(({ name, args }) => (name === 'key' && args?.fields ? [args.fields] : []))
  const resolveReference = guardedReference(config.name, keys, needsOfType(config), resolve)
  return { ...extensions, apollo: { ...apollo, subgraph: { ...apollo.subgraph, resolveReference } } }
}

SchemaBuilder.registerPlugin('permission', PermissionPlugin)
