import { Refusal } from '@satuanak/domain-kit'

/** No such print run, or none of the caller's school. */
export class PrintBatchNotFound extends Refusal {
  readonly code = 'KTP_BATCH_NOT_FOUND'

  constructor() {
    super(
      {
        id: 'Kelompok cetak ini tidak ada. Pilih dari daftar kelompok cetak.',
        en: 'There is no such print run. Choose one from the list of print runs.',
      },
      { field: 'batchId', rule: 'BLG-07' },
    )
  }
}

/** The queue holds no card for this school or kecamatan. */
export class NothingToPrint extends Refusal {
  readonly code = 'KTP_NOTHING_TO_PRINT'

  constructor() {
    super(
      {
        id: 'Tidak ada kartu siap cetak untuk tujuan ini. Lihat antrean cetak: mungkin masih ditahan sampai usia 17, atau muridnya kini di sekolah lain.',
        en: 'No card for this destination is ready to print. See the print queue: it may be held to the 17th birthday, or the pupil is at another school now.',
      },
      { field: 'npsn', rule: 'BLG-R3' },
    )
  }
}

/** A card that is not in the run, or not where this deed finds it. */
export class CardNotThere extends Refusal {
  readonly code = 'KTP_CARD_NOT_THERE'

  constructor() {
    super(
      {
        id: 'Ada kartu yang tidak berada di kelompok ini, atau tahapnya bukan untuk tindakan ini. Buka kembali kelompok cetak dan pilih dari daftarnya; tidak ada yang dicatat.',
        en: 'A card is not in this run, or not at the step for this deed. Open the run again and choose from its list; nothing was recorded.',
      },
      { field: 'childIds', rule: 'KT-08' },
    )
  }
}

/** Cards of the run are not printed yet: nothing is handed over in part (BLG-R6). */
export class NotYetPrinted extends Refusal {
  readonly code = 'KTP_NOT_YET_PRINTED'

  constructor(missing: number) {
    super(
      {
        id: `Masih ada ${missing} kartu yang belum dicetak. Catat hasil cetaknya dahulu, lalu serahkan.`,
        en: `${missing} cards are not printed yet. Record them as printed first, then hand over.`,
      },
      { field: 'batchId', rule: 'BLG-R6' },
    )
  }
}

/** The cards on the table are not as many as on the list (BLG-R6). */
export class HandoverCountDiffers extends Refusal {
  readonly code = 'KTP_HANDOVER_COUNT_DIFFERS'

  constructor(listed: number) {
    super(
      {
        id: `Jumlah kartu tidak sama dengan daftar: menurut daftar ${listed}. Hitung ulang kartunya bersama penerima. Kartu murid yang sudah pindah sekolah tidak ikut diserahkan.`,
        en: `The count differs from the list, which has ${listed}. Count the cards again with the receiver. Cards of pupils who left the school are not handed over here.`,
      },
      { field: 'count', rule: 'BLG-R6' },
    )
  }
}

/** The run was handed over already: a Berita Acara is written once. */
export class AlreadyHandedOver extends Refusal {
  readonly code = 'KTP_ALREADY_HANDED_OVER'

  constructor(number: string) {
    super(
      {
        id: `Kelompok ini sudah diserahkan dengan Berita Acara ${number}. Cetak ulang Berita Acara itu bila perlu.`,
        en: `This run was handed over with Berita Acara ${number}. Print that one again if needed.`,
      },
      { field: 'batchId', rule: 'BLG-R6' },
    )
  }
}
