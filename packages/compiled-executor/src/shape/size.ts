import type { SelectionSet } from '@apollo/federation-internals'

/**
 * How many selections an operation has with its fragments opened: what compiling it takes memory for. Fragments within
 * fragments are counted, not walked, so that a small document cannot make this long.
 */
export function sizeOf(set: SelectionSet, known = new Map<SelectionSet, number>()): number {
  const told = known.get(set)
  if (told !== undefined) return told
  let size = 0
  for (const { selectionSet } of set.selections()) size += 1 + (selectionSet ? sizeOf(selectionSet, known) : 0)
  known.set(set, size)
  return size
}
