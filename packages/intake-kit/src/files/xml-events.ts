import sax from 'sax'

/** What is told of an XML document as it streams by. Names come without their prefix: `x:row` is `row`. */
export interface XmlEvents {
  open?(name: string, attributes: Readonly<Record<string, string>>): void
  text?(text: string): void
  close?(name: string): void
}

/**
 * Reads XML from a stream, a piece at a time; yields after each piece, so that whoever collects in the events can hand
 * on what it has and the stream waits meanwhile. No entity but XML's own five is known: none can be made to swell.
 * @throws Error where it is no XML
 */
export async function* readXml(stream: AsyncIterable<Uint8Array>, events: XmlEvents): AsyncGenerator<void> {
  const parser = sax.parser(true, { trim: false, normalize: false, position: false })
  let failed: Error | null = null
  parser.onerror = (error) => {
    failed ??= error
  }
  parser.onopentag = ({ name, attributes }) => events.open?.(local(name), attributes as Record<string, string>)
  parser.ontext = (text) => events.text?.(text)
  parser.oncdata = (text) => events.text?.(text)
  parser.onclosetag = (name) => events.close?.(local(name))
  const decoder = new TextDecoder()
  for await (const chunk of stream) {
    parser.write(decoder.decode(chunk, { stream: true }))
    if (failed !== null) throw failed
    yield
  }
  parser.write(decoder.decode()).close()
  if (failed !== null) throw failed
  yield
}

const local = (name: string): string => name.slice(name.indexOf(':') + 1)

/** Reads a document to its end. */
export async function readWholeXml(stream: AsyncIterable<Uint8Array>, events: XmlEvents): Promise<void> {
  for await (const _ of readXml(stream, events));
}
