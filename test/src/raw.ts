/** An answer over HTTP as it came. */
export interface RawAnswer {
  readonly status: number
  readonly text: string
  readonly body: { readonly data?: unknown; readonly errors?: readonly { readonly extensions?: { code?: string } }[] }
}

/** Posts a GraphQL request and takes whatever comes back. A string goes as it is. */
export async function post(
  url: string,
  request: object | string,
  headers: Readonly<Record<string, string>> = {},
): Promise<RawAnswer> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof request === 'string' ? request : JSON.stringify(request),
  })
  const text = await response.text()
  return { status: response.status, text, body: JSON.parse(text) as RawAnswer['body'] }
}
