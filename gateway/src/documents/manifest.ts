import { createHash } from 'node:crypto'

/** Documents by their id, as the convention of persisted documents (GraphQL over HTTP, appendix A) names them. */
export type Manifest = Readonly<Record<string, string>>

const PREFIX = 'sha256:'

/** `sha256:` and 64 hexadecimal digits, of the document's text in UTF-8: another space is another document. */
export const idOf = (text: string): string => PREFIX + createHash('sha256').update(text, 'utf8').digest('hex')

/** A manifest of these texts, in the order of their ids. */
export const manifestOf = (texts: readonly string[]): Manifest =>
  Object.fromEntries(
    texts.map((text) => [idOf(text), text] as const).toSorted(([one], [other]) => (one < other ? -1 : 1)),
  )

/**
 * The manifest that is written in this text.
 * @throws Error naming the id whose document is another one: whoever changed a file by hand changed what is trusted.
 */
export function readManifest(text: string): Manifest {
  const manifest: unknown = JSON.parse(text)
  if (typeof manifest !== 'object' || manifest === null || Array.isArray(manifest)) throw new Error('not a manifest')
  for (const [id, document] of Object.entries(manifest)) {
    if (typeof document !== 'string' || idOf(document) !== id) throw new Error(`${id} is not the id of its document`)
  }
  return manifest as Manifest
}
