// A person's hand on her own data: see it, correct it, pause, take consents back, leave; and the clinic's promise to forget in time.
import { z } from 'zod'
import type { Clinic } from '../../content/clinic.ts'
import { PURPOSES } from '../../people/consent.ts'
import type { Database } from '../../storage/database.ts'
import type { Ctx } from '../../telegram/context.ts'
import { button, defineFeature, type Feature, NO_DATA } from '../../telegram/feature.ts'
import type { Speaker } from '../../telegram/speaker.ts'
import { createAsking } from './asking.ts'
import { showConsents, withdraw } from './consents.ts'
import { writeExport } from './export.ts'
import { createLeaving, onSent as onFarewellSent, SureData } from './leaving.ts'
import { type Describe, showAccount } from './overview.ts'
import { endPause, pause } from './pausing.ts'
import { createRetention } from './retention.ts'

export interface PrivacyDeps {
  readonly clinic: Clinic
  readonly database: Pick<Database, 'emptyLog'>
  /** Key of the hashes that stay of who was erased. */
  readonly secret: string
  readonly speaker: Speaker
  readonly describe: Describe
  /** Runs another feature's command. */
  readonly runCommand: (ctx: Ctx, name: string) => Promise<void>
}

/** Where each kind of data is changed. */
const CHANGES = ['profil', 'usaha', 'izin', 'bahasa'] as const
const ChangeData = z.object({ where: z.enum(CHANGES) })
const PurposeData = z.object({ purpose: z.enum(PURPOSES) })

export function createPrivacy({ clinic, database, secret, speaker, describe, runCommand }: PrivacyDeps): Feature {
  const leaving = createLeaving({ limits: clinic.limits, secret, speaker })

  async function offerChanges(ctx: Ctx): Promise<void> {
    const isMember = ctx.person.memberNumber !== null
    const places = CHANGES.filter((where) => isMember || where === 'bahasa')
    await ctx.say(isMember ? 'privacy.change.ask' : 'privacy.change.stranger', {}, {
      keyboard: [
        ...places.map((where) => [ctx.button(`privacy.change.${where}.button`, 'change', { where })]),
        [isMember ? ctx.button('form.ask-human.button', 'ask-human') : ctx.button('registration.start.button', 'register')],
      ],
    })
  }

  return defineFeature({
    name: 'privacy',
    commands: {
      datasaya: { for: ['anyone'], run: (ctx) => showAccount(ctx, describe) },
      ubahdata: { for: ['anyone'], run: offerChanges },
      izin: { for: ['anyone'], run: showConsents },
      jeda: { for: ['anyone'], run: pause },
      hapusdata: { for: ['anyone'], run: (ctx) => leaving.ask(ctx) },
    },
    buttons: {
      'data-change': button(['anyone'], NO_DATA, offerChanges),
      change: button(['anyone'], ChangeData, (ctx, { where }) => runCommand(ctx, where)),
      consents: button(['anyone'], NO_DATA, showConsents),
      'consent-withdraw': button(['anyone'], PurposeData, (ctx, { purpose }) => withdraw(ctx, purpose)),
      pause: button(['anyone'], NO_DATA, async (ctx) => {
        await ctx.changeButtons()
        await pause(ctx)
      }),
      'pause-end': button(['anyone'], NO_DATA, endPause),
      erase: button(['anyone'], NO_DATA, (ctx) => leaving.ask(ctx)),
      'erase-go-on': button(['anyone'], NO_DATA, (ctx) => leaving.askAgain(ctx)),
      'erase-now': button(['anyone'], SureData, (ctx, sure) => leaving.erase(ctx, sure)),
      'erase-no': button(['anyone'], NO_DATA, (ctx) => leaving.keep(ctx)),
      stay: button(['anyone'], NO_DATA, async (ctx) => {
        await ctx.changeButtons()
        // Any sign of life means staying; the button only says so.
        await ctx.say('privacy.retention.stays')
      }),
    },
    documents: { 'my-data': writeExport },
    onSent: onFarewellSent,
    notices: [createAsking(clinic.limits)],
    jobs: createRetention({ clinic, database, leaving }),
  })
}
