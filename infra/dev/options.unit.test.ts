import { expect, test } from 'vitest'
import { parseOptions } from './options.ts'

test('without a word the gateway is on 4000 and everything is our own', () => {
  expect(parseOptions([], {})).toMatchObject({ port: 4000, fresh: false, help: false, databaseUrl: undefined })
})

test('npm’s -- may stand before what is meant for us', () => {
  expect(parseOptions(['--', '--fresh'], {})).toMatchObject({ fresh: true })
})

test('all that is wrong is said at once, and no password with it', () => {
  const env = { PORT: 'http', DATABASE_URL: 'mysql://me:secret@db/x', NATS_URL: 'secret@bus' }
  const wrong = () => parseOptions(['--frsh'], env)
  expect(wrong).toThrow(/"--frsh".*PORT.*DATABASE_URL.*postgres:.*NATS_URL.*nats:/)
  expect(wrong).not.toThrow(/secret/)
})

test('--fresh does not touch servers of one’s own', () => {
  expect(() => parseOptions(['--fresh'], { NATS_URL: 'nats://bus:4222' })).toThrow(/empty your own servers yourself/)
})

test('log level and trace address are handed on, nothing else of the environment', () => {
  const env = { LOG_LEVEL: 'warn', OTEL_EXPORTER_OTLP_ENDPOINT: 'http://traces:4318', HISTFILE: 'x' }
  expect(parseOptions([], env).handedOn).toEqual({
    LOG_LEVEL: 'warn',
    OTEL_EXPORTER_OTLP_ENDPOINT: 'http://traces:4318',
  })
})
