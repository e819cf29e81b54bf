/** Where a shape is wrong and how, without the value: values may be personal. */
export function faults(issues: readonly { readonly path: readonly PropertyKey[]; readonly code?: string }[]): string {
  return issues.map(({ path, code }) => `${path.map(String).join('.') || '(whole)'}: ${code ?? 'invalid'}`).join(', ')
}
