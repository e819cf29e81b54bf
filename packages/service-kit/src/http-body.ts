import type { IncomingMessage } from 'node:http'
import { notJson, tooLarge, wrongType } from './http-refusal.ts'

/**
 * The JSON body of a request, in UTF-8 and not compressed.
 *
 * @throws HttpRefusal 415 for another media type or encoding, 413 above `limit` bytes, 400 for what is not JSON.
 */
export async function readJson(request: IncomingMessage, limit: number): Promise<unknown> {
  const type = (request.headers['content-type'] ?? '').toLowerCase().replaceAll(/[\s"]/g, '')
  const encoding = request.headers['content-encoding'] ?? 'identity'
  if (!/^application\/json(;charset=utf-?8)?$/.test(type) || encoding !== 'identity') throw wrongType()
  // What is a little too large is read to its end and dropped: a client still sending would see a reset, not the answer.
  const cutOff = limit + 8 * 1024 * 1024
  if (Number(request.headers['content-length'] ?? 0) > cutOff) throw tooLarge(limit)
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength
    if (size > cutOff) break
    if (size <= limit) chunks.push(chunk)
  }
  if (size > limit) throw tooLarge(limit)
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks))) as unknown
  } catch {
    throw notJson()
  }
}
