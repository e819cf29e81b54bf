import { type FragmentDefinitionNode, Kind, type SelectionSetNode } from 'graphql'

/** Whether an operation asks the schema for its own names, in whatever fragment. */
export function introspects(
  { selections }: SelectionSetNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  seen: Set<string> = new Set(),
): boolean {
  return selections.some((one) => {
    if (one.kind === Kind.FIELD) return one.name.value === '__schema' || one.name.value === '__type'
    if (one.kind === Kind.INLINE_FRAGMENT) return introspects(one.selectionSet, fragments, seen)
    const fragment = seen.has(one.name.value) ? undefined : fragments.get(one.name.value)
    seen.add(one.name.value)
    return fragment !== undefined && introspects(fragment.selectionSet, fragments, seen)
  })
}
