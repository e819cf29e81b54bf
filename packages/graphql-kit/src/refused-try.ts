import type { ChildId } from '@satuanak/contracts'
import { denialBehind } from '@satuanak/identity'
import type { GraphContext, RefusedTry } from './context.ts'
import { isUuid } from './scalars.ts'

/** Whose data an object is. */
export type ChildOf<Parent = never> = (parent: Parent) => string | null

/** How the child is found where a type does not say: `childId`, and of the entity `Child` its own id. */
export const childByName =
  (typeName: string): ChildOf<unknown> =>
  (parent) => {
    const { childId, id } = objectOf(parent)
    return typeof childId === 'string' ? childId : typeName === 'Child' && typeof id === 'string' ? id : null
  }

/** The child that a root field's arguments name, `childId` or `input.childId`. */
export function childNamedIn(args: object): string | null {
  const { childId = objectOf(objectOf(args).input).childId } = objectOf(args)
  return typeof childId === 'string' ? childId : null
}

/** Tells the context's recorder, where it has one. What is no id is left out: the audit takes no other text. */
export function noteRefused(
  context: GraphContext,
  { permission, reason }: Pick<RefusedTry, 'permission' | 'reason'>,
  child: string | null,
): void {
  context.onRefused?.({ permission, reason, child: child !== null && isUuid(child) ? (child as ChildId) : null })
}

/** The same for what a use case threw: a denial, or its own not-found in a denial's place. Other errors are no try. */
export function noteThrown(context: GraphContext, thrown: unknown, args: object): void {
  const denied = denialBehind(thrown)
  if (denied) noteRefused(context, denied, denied.child ?? childNamedIn(args))
}

const objectOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {}
