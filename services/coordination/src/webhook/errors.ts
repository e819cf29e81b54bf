import { Refusal, type Sentence } from '@satuanak/domain-kit'
import { MOST_WEBHOOKS, type WebhookState } from './domain.ts'

/** No such webhook. */
export class WebhookNotFound extends Refusal {
  readonly code = 'WEBHOOK_NOT_FOUND'

  constructor() {
    super(
      {
        id: 'Kait web tidak ditemukan. Pilih dari daftar kait web.',
        en: 'This webhook was not found. Choose it from the list of webhooks.',
      },
      { field: 'webhookId', rule: 'DESIGN-7' },
    )
  }
}

/** Every event is measured against every webhook: there is an end to how many may be. */
export class TooManyWebhooks extends Refusal {
  readonly code = 'TOO_MANY_WEBHOOKS'

  constructor() {
    super(
      {
        id: `Sudah ada ${MOST_WEBHOOKS} kait web. Ubah salah satu yang tidak dipakai lagi.`,
        en: `There are ${MOST_WEBHOOKS} webhooks already. Change one that is no longer used.`,
      },
      { field: 'url', rule: 'DESIGN-7' },
    )
  }
}

const REMEDY = {
  ACTIVE: { id: 'Kait web ini sudah aktif.', en: 'This webhook is active already.' },
  PAUSED: {
    id: 'Kait web ini sudah dijeda. Lanjutkan bila portalnya siap menerima.',
    en: 'This webhook is paused already. Resume it once its portal is ready to hear.',
  },
  DISABLED: {
    id: 'Portal menyatakan alamat ini tidak dipakai lagi. Periksa alamatnya, lalu lanjutkan.',
    en: 'The portal said that this address is gone. Check the address, then resume.',
  },
} as const satisfies Record<WebhookState, Sentence>

/** This cannot happen to a webhook in its present state. */
export class WrongWebhookState extends Refusal {
  readonly code = 'WRONG_WEBHOOK_STATE'
  /** What it is in now. */
  readonly state: WebhookState

  constructor(state: WebhookState) {
    super(REMEDY[state], { field: 'webhookId', rule: 'DESIGN-7' })
    this.state = state
  }
}
