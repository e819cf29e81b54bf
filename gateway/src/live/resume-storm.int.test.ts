import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { setImmediate as turn } from 'node:timers/promises'
import { type Notice, Npsn } from '@satuanak/contracts'
import type { Caller } from '@satuanak/identity'
import { expect, onTestFinished, test } from 'vitest'
import { toldOf } from './audiences.ts'
import { LIVE } from './options.ts'
import { Recent } from './recent.ts'
import { Streams } from './streams.ts'

const STREAM = 'AAAAAAAA'
const FAR_BEHIND = { topics: ['case'], resume: `${STREAM}-0` }

/** A notice of each child, which only its school may hear. */
const noticeOf = (n: number, npsn: Npsn): Notice => ({
  topic: 'case',
  about: 'education.enrolment.started.v1',
  at: '2026-11-23T01:00:00Z',
  ids: { childId: `019abc00-0000-7000-8000-${String(n).padStart(12, '0')}` },
  permissions: ['enrolment.read'],
  facts: { level: 2, kelurahan: [], schools: [npsn], agencies: [], grants: [] },
})
const committeeOf = (n: number, npsn: Npsn): Caller => ({
  subject: `akun-${n}`,
  name: 'Satu',
  agency: 'DISDIK',
  roles: ['PANITIA_SEKOLAH'],
  kelurahan: [],
  schools: [npsn],
})
const schoolOf = (n: number) => Npsn.parse(String(99_100_000 + n))

function streamsBehind(notices: readonly Notice[]) {
  const recent = new Recent(LIVE.kept)
  recent.begin(STREAM, 0)
  notices.forEach((notice, n) => void recent.push(toldOf(notice, STREAM, n + 1)))
  const streams = new Streams(LIVE, recent)
  return {
    streams,
    tell(notice: Notice) {
      const told = toldOf(notice, STREAM, recent.last.seq + 1)
      recent.push(told)
      streams.tell(told)
    },
  }
}

/** So many clients that have asked and read what comes. */
async function clients(count: number) {
  const responses: ServerResponse[] = []
  const http = createServer((_request, response) => responses.push(response)).listen(0, '127.0.0.1')
  await once(http, 'listening')
  const { port } = http.address() as AddressInfo
  const texts: string[] = Array.from({ length: count }, () => '')
  const sockets = texts.map((_, n) => {
    const socket = connect(port, '127.0.0.1').setEncoding('utf8')
    socket.on('data', (text) => {
      texts[n] = (texts[n] ?? '') + text
    })
    socket.write('GET / HTTP/1.1\r\nhost: here\r\n\r\n')
    return socket
  })
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy()
    http.close()
    await once(http, 'close')
  })
  while (responses.length < count) await turn()
  return { responses, texts }
}

const signedIn = (caller: Caller) => ({ caller, client: 'uji', expiresAt: Temporal.Now.instant().add({ minutes: 5 }) })

test('of all who come back at once one is looked through between two turns of the loop, and each is sent what is its own', async () => {
  const notices = Array.from({ length: 1_000 }, (_, n) => noticeOf(n, schoolOf(n % 500)))
  const { streams } = streamsBehind(notices)
  const { responses, texts } = await clients(50)
  const opening = responses.map((response, n) =>
    streams.open(response, signedIn(committeeOf(n, schoolOf(n))), FAR_BEHIND, 'id'),
  )
  const most = { inOneTurn: 0 }
  for (let before = streams.count; streams.count < 50; before = streams.count) {
    await turn()
    most.inOneTurn = Math.max(most.inOneTurn, streams.count - before)
  }
  await Promise.all(opening)
  expect(most.inOneTurn).toBe(1)
  const heardAll = () =>
    texts.every((text, n) => text.includes(`${STREAM}-${n + 1}\n`) && text.includes(`-${n + 501}\n`))
  while (!heardAll()) await turn()
  expect(texts.map((text) => text.match(/event: case/g)?.length)).toEqual(texts.map(() => 2))
})

test('who is new waits for nobody who comes back', async () => {
  const { streams } = streamsBehind([noticeOf(1, schoolOf(1))])
  const { responses } = await clients(3)
  const [one, two, fresh] = responses as [ServerResponse, ServerResponse, ServerResponse]
  const signed = signedIn(committeeOf(1, schoolOf(1)))
  const resuming = [one, two].map((response) => streams.open(response, signed, FAR_BEHIND, 'id'))
  const greeted = streams.open(fresh, signed, { ...FAR_BEHIND, resume: undefined }, 'id')
  expect(streams.count).toBe(1)
  await Promise.all([...resuming, greeted])
  expect(streams.count).toBe(3)
})

test('what comes while one waits is heard once, by those looked through before and after it', async () => {
  const { streams, tell } = streamsBehind([noticeOf(1, schoolOf(1))])
  const { responses, texts } = await clients(4)
  const opening = responses.map((response, n) =>
    streams.open(response, signedIn(committeeOf(n, schoolOf(1))), FAR_BEHIND, 'id'),
  )
  while (streams.count < 2) await turn()
  tell(noticeOf(2, schoolOf(1)))
  await Promise.all(opening)
  while (!texts.every((text) => text.includes(`${STREAM}-2\n`))) await turn()
  expect(texts.map((text) => text.match(/id: AAAAAAAA-[12]\nevent: case/g))).toEqual(
    texts.map(() => ['id: AAAAAAAA-1\nevent: case', 'id: AAAAAAAA-2\nevent: case']),
  )
})

test('who goes away while waiting is not opened, and who waits as the process closes is sent to another', async () => {
  const { streams } = streamsBehind([noticeOf(1, schoolOf(1))])
  const { responses } = await clients(3)
  const signed = signedIn(committeeOf(1, schoolOf(1)))
  const [first, gone, last] = responses.map((response) => streams.open(response, signed, FAR_BEHIND, 'id'))
  responses[1]?.destroy()
  await Promise.all([first, gone])
  expect(streams.count).toBe(1)
  streams.close()
  await expect(last).rejects.toMatchObject({ extensions: { code: 'LIVE_UNAVAILABLE' } })
  expect(streams.count).toBe(0)
})
