import type { Level } from '@satuanak/contracts'
import { Refusal } from '@satuanak/domain-kit'

/** The school teaches other levels than this one (ID-14). */
export class LevelNotOffered extends Refusal {
  readonly code = 'LEVEL_NOT_OFFERED'
  readonly offered: readonly Level[]

  constructor(offered: readonly Level[]) {
    super(
      {
        id: `Sekolah ini tidak membuka jenjang itu. Yang ada: ${offered.join(', ')}.`,
        en: `The school does not teach that level. It offers: ${offered.join(', ')}.`,
      },
      { field: 'level', rule: 'ID-14' },
    )
    this.offered = offered
  }
}

/** The child learns at this school and level already. */
export class AlreadyEnrolled extends Refusal {
  readonly code = 'ALREADY_ENROLLED'
  /** The enrolment that runs. */
  readonly enrolmentId: string

  constructor(enrolmentId: string) {
    super(
      {
        id: 'Anak ini sudah terdaftar di sekolah dan jenjang itu. Tidak perlu didaftarkan lagi.',
        en: 'This child is enrolled at that school and level already. There is nothing more to do.',
      },
      { field: 'npsn', rule: 'AT-14' },
    )
    this.enrolmentId = enrolmentId
  }
}

/** Another time at school is on record after the day on which this one would begin. */
export class EnrolmentOverlaps extends Refusal {
  readonly code = 'ENROLMENT_OVERLAPS'

  constructor() {
    super(
      {
        id: 'Pada tanggal itu anak ini tercatat di sekolah lain. Pilih tanggal mulai sesudahnya.',
        en: 'On that day the child is on record at another school. Choose a later first day.',
      },
      { field: 'startedOn', rule: 'AT-14' },
    )
  }
}
