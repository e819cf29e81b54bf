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
  const { bytes, size } = await readBytes(request, limit, cutOff)
  if (size > limit) throw tooLarge(limit)
  try {
    return JSON.parse(UTF_8.decode(bytes)) as unknown
  } catch {
    throw notJson()
  }
}

const UTF_8 = new TextDecoder('utf-8', { fatal: true })

interface Read {
  /** What was kept of it: nothing where it was too large. */
  readonly bytes: Uint8Array
  readonly size: number
}

/** Without an iterator, whose promises for each chunk cost more than the chunk. */
function readBytes(request: IncomingMessage, limit: number, cutOff: number): Promise<Read> {
  const { promise, resolve, reject } = Promise.withResolvers<Read>()
  const chunks: Uint8Array[] = []
  let size = 0
  const take = (chunk: Uint8Array) => {
    size += chunk.byteLength
    if (size <= limit) chunks.push(chunk)
    if (size > cutOff) end()
  }
  const end = () => {
    request.off('data', take).off('end', end).off('error', reject).off('close', leave)
    const [only, ...more] = chunks
    resolve({ bytes: only && more.length === 0 ? only : Buffer.concat(chunks), size })
  }
  const leave = () => reject(new Error('the client left in the middle of its request'))
  request.on('data', take).on('end', end).on('error', reject).on('close', leave)
  return promise
}
