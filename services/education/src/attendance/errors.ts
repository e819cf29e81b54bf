import { Refusal } from '@satuanak/domain-kit'

/** A mark is for a pupil of that day. */
export class NotPupilThen extends Refusal {
  readonly code = 'NOT_PUPIL_THEN'
  /** Whose it is not. */
  readonly enrolmentIds: readonly string[]

  constructor(enrolmentIds: readonly string[]) {
    super(
      {
        id: 'Sebagian anak bukan murid sekolah ini pada tanggal itu. Periksa tanggalnya, atau keluarkan mereka dari daftar hadir.',
        en: 'Some of these children were not pupils on that day. Check the day, or take them off the list.',
      },
      { field: 'on', rule: 'AT-15' },
    )
    this.enrolmentIds = enrolmentIds
  }
}
