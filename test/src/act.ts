import type { Ask } from '@satuanak/testkit'

/** What a mutation answers: its success with `data`, or a refusal. */
export interface Outcome {
  readonly __typename: string
  readonly code?: string
  readonly message?: string
  readonly field?: string | null
  readonly rule?: string | null
  readonly problems?: readonly { readonly field: string; readonly rule: string; readonly message: string }[]
  // Each step of a story reads what it asked for.
  readonly data?: Record<string, unknown>
}

/** The mutation of this name, asking `selection` of its success and everything of a refusal. */
export function mutation(name: string, selection: string): string {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}`
  return `mutation ${type}($input: ${type}Input!) { result: ${name}(input: $input) {
    __typename
    ... on ${type}Success { data { ${selection} } }
    ... on Refusal { code message field rule }
    ... on InvalidInput { problems { field rule message } }
  } }`
}

/** Carries out a mutation that must succeed. @returns what was selected of it */
export async function act<Data = Record<string, unknown>>(
  ask: Ask,
  name: string,
  input: object,
  selection = '__typename',
): Promise<Data> {
  const { result: outcome } = await ask.ok<{ result: Outcome }>(mutation(name, selection), { input })
  if (outcome.data === undefined) throw new Error(`${name} was refused: ${JSON.stringify({ input, outcome }, null, 2)}`)
  return outcome.data as Data
}
