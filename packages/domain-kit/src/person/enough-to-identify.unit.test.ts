import { expect, test } from 'vitest'
import { enoughToIdentify } from './enough-to-identify.ts'

test.each([
  { nik: '9971012005130001' },
  { nisn: '0131234567' },
  { name: 'Rizki', birthYear: 2013, motherName: 'Aminah' },
  { name: 'Rizki', birthYear: 2013, address: { kelurahan: '33.75.01.1002' } },
])('$0 is enough to tell a child apart (ID-15)', (known) => {
  expect(enoughToIdentify(known)).toBeNull()
})

test.each([
  {},
  { name: 'Rizki', birthYear: 2013 },
  { name: 'Rizki', motherName: 'Aminah' },
  { birthYear: 2013, address: 'x' },
])('%o is not enough (ID-15)', (known) => {
  expect(enoughToIdentify(known)).toMatchObject({ level: 'E', rule: 'ID-15' })
})
