import { expect, test } from 'vitest'
import { SERVICES } from '../agencies.ts'
import { currentShapes } from '../published-shapes.ts'
import { EVENTS } from './index.ts'

const types = Object.keys(EVENTS)
const TYPE = /^([a-z]+(?:-[a-z]+)*)(?:\.[a-z]+(?:-[a-z]+)*){2,3}\.v[1-9]\d*$/

test.each(types)('%s is named <service>.<aggregate>.<event>.v<n>, after one of the services', (type) => {
  const [, service] = TYPE.exec(type) ?? []
  expect(SERVICES).toContain(service)
})

/** Every object of a JSON schema: its field names and whether it takes others. */
function objectsIn(shape: unknown): { fields: string[]; open: boolean }[] {
  if (typeof shape !== 'object' || shape === null) return []
  const inner = Object.values(shape).flatMap(objectsIn)
  if (!('properties' in shape) || typeof shape.properties !== 'object' || shape.properties === null) return inner
  const open = !('additionalProperties' in shape) || shape.additionalProperties !== false
  return [{ fields: Object.keys(shape.properties), open }, ...inner]
}

test.each(types)('%s takes its own fields and no other', (type) => {
  const objects = objectsIn(currentShapes().get(type))
  expect(objects.length).toBeGreaterThan(0)
  expect(objects.filter(({ open }) => open)).toEqual([])
})

const PERSONAL = /name|nama|nik|^kk|address|alamat|birth|lahir|mother|father|phone|email|note|remark/i

test.each(types)('%s has no field for a name, a NIK, an address or free words (DOMAIN §9)', (type) => {
  const fields = objectsIn(currentShapes().get(type)).flatMap((object) => object.fields)
  expect(fields.filter((field) => PERSONAL.test(field))).toEqual([])
})

/** The places of a JSON schema that take any text at all. */
function freeTextIn(shape: unknown, place = ''): string[] {
  if (typeof shape !== 'object' || shape === null) return []
  const bound = ['pattern', 'format', 'enum', 'const'].some((key) => key in shape)
  if ('type' in shape && shape.type === 'string') return bound ? [] : [place]
  return Object.entries(shape).flatMap(([key, inner]) => freeTextIn(inner, `${place}.${key}`))
}

test.each(types)('%s carries ids, codes and dates; the only free text is sealed for the registry', (type) => {
  const allowed = type.endsWith('.child.presented.v1') ? ['.properties.sealed'] : []
  expect(freeTextIn(currentShapes().get(type))).toEqual(allowed)
})
