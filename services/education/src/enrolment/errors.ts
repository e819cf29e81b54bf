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

/** No such enrolment, or none that this caller may know of (PV-14). */
export class EnrolmentNotFound extends Refusal {
  readonly code = 'ENROLMENT_NOT_FOUND'

  constructor(field = 'enrolmentId') {
    super(
      {
        id: 'Data peserta didik ini tidak ditemukan. Pilih dari daftar peserta didik sekolah.',
        en: 'This enrolment was not found. Choose it from the list of the school’s pupils.',
      },
      { field, rule: 'AT-14' },
    )
  }
}

/** An enrolment ends once. */
export class EnrolmentEnded extends Refusal {
  readonly code = 'ENROLMENT_ENDED'

  constructor(endedOn: Temporal.PlainDate) {
    super(
      {
        id: `Anak ini sudah tidak terdaftar di sekolah itu sejak ${endedOn}. Muat ulang data sekolahnya.`,
        en: `The child is no longer enrolled there since ${endedOn}. Load its schooling again.`,
      },
      { field: 'enrolmentId', rule: 'AT-14' },
    )
  }
}

/** It cannot end before it began. */
export class EndsBeforeStart extends Refusal {
  readonly code = 'ENDS_BEFORE_START'

  constructor(startedOn: Temporal.PlainDate) {
    super(
      {
        id: `Anak ini baru terdaftar sejak ${startedOn}. Pilih tanggal keluar pada atau sesudah hari itu.`,
        en: `The child is enrolled since ${startedOn}. Choose a day on or after that.`,
      },
      { field: 'on', rule: 'AT-14' },
    )
  }
}

/** A move is two-sided: the old school lets the pupil go before the new one receives it. */
export class PupilNotReleased extends Refusal {
  readonly code = 'PUPIL_NOT_RELEASED'

  constructor() {
    super(
      {
        id: 'Belum ada sekolah yang melepas anak ini ke sekolah Anda. Minta sekolah asal mencatat mutasinya, atau hubungi Dinas Pendidikan.',
        en: 'No school has let this child go to yours. Ask the school of origin to record the move, or the Education Office.',
      },
      { field: 'childId', rule: 'AT-14' },
    )
  }
}

/** A class that the enrolment does not reach, a grade of another level, or one below the year before (ID-14). */
export class ClassDoesNotFit extends Refusal {
  readonly code = 'CLASS_DOES_NOT_FIT'

  constructor(field: 'schoolYear' | 'grade') {
    super(
      field === 'schoolYear'
        ? {
            id: 'Anak ini tidak bersekolah di sana pada tahun ajaran itu. Periksa tahun ajarannya.',
            en: 'The child is not at that school in that school year. Check the year.',
          }
        : {
            id: 'Tingkat ini bukan tingkat jenjangnya, atau lebih rendah dari tahun sebelumnya. Periksa tingkat kelasnya.',
            en: 'The grade is not one of that level, or lower than the year before. Check the grade.',
          },
      { field, rule: 'ID-14' },
    )
  }
}
