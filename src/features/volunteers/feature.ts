// Who helps: the welcome of a new volunteer, when and how much she helps (/siaga), and volunteers as coordinators see them (/relawan).
import type { ReplyKeyboardMarkup } from 'grammy/types'
import { z } from 'zod'
import type { Sector } from '../../content/sectors.ts'
import type { CaseLoad } from '../../people/case-load.ts'
import type { Person } from '../../people/person.ts'
import { button, defineFeature, type Feature, NO_DATA } from '../../telegram/feature.ts'
import type { Speaker } from '../../telegram/speaker.ts'
import { ABOUT_VOLUNTEER, createDeciding, DecisionData, PersonData } from './deciding.ts'
import { createDirectory, ExpertData } from './directory.ts'
import { createDuty } from './duty.ts'
import { createProfile, PROFILE_FIELDS } from './profile.ts'
import { LoadData, SwitchData, weeklyQuestion } from './weekly.ts'
import { beginWelcome, createWelcome, leadToWelcome } from './welcome.ts'
import { createWords } from './words.ts'

export interface VolunteersDeps {
  readonly sectors: readonly Sector[]
  /** What the beginning of village codes stands for. */
  readonly region: (code: string) => string
  readonly speaker: Speaker
  /** How busy volunteers are. */
  readonly loads: CaseLoad
  /** The large buttons that fit someone now. */
  readonly menuOf: (person: Person, unfinishedForms: number) => ReplyKeyboardMarkup
}

const PageData = z.object({ page: z.coerce.number().int().min(0).max(1000) })
const FieldData = z.object({ field: z.enum(PROFILE_FIELDS) })
const NightsData = z.object({ nights: z.coerce.number().int().min(0).max(31) })

export function createVolunteers({ sectors, region, speaker, loads, menuOf }: VolunteersDeps): Feature {
  const words = createWords({ sectors, region })
  const deciding = createDeciding({ speaker, words, menuOf })
  const directory = createDirectory({ words, loads })
  const duty = createDuty()
  const profile = createProfile({ sectors, words, onLeft: deciding.announceLeft })

  return defineFeature({
    name: 'volunteers',
    commands: {
      siaga: { for: ['volunteer'], menu: 15, run: duty.show },
      relawan: { for: ['coordinator'], menu: 49, run: (ctx) => directory.list(ctx, 0) },
    },
    buttons: {
      'volunteer-welcome': button(['volunteer'], NO_DATA, async (ctx) => {
        if (!(await beginWelcome(ctx))) await duty.show(ctx)
      }),
      'volunteer-duty': button(['volunteer'], NO_DATA, duty.show),
      'volunteer-mine': button(['volunteer'], NO_DATA, profile.show),
      'volunteer-edit': button(['volunteer'], FieldData, (ctx, { field }) => profile.edit(ctx, field)),
      'volunteer-region': button(['volunteer'], NO_DATA, (ctx) => ctx.startForm('volunteer-region')),
      'volunteer-anywhere': button(['volunteer'], NO_DATA, profile.goAnywhere),
      'volunteer-leave': button(['volunteer'], NO_DATA, profile.askLeave),
      'volunteer-leave-yes': button(['volunteer'], NO_DATA, profile.leave),
      'volunteer-stay': button(['volunteer'], NO_DATA, async (ctx) => {
        await ctx.changeButtons()
        await duty.show(ctx)
      }),
      'duty-set': button(['volunteer'], SwitchData, (ctx, { on }) => duty.change(ctx, on === 1 ? { onDuty: true, awayUntil: null } : { onDuty: false })),
      'duty-away': button(['volunteer'], NightsData, (ctx, { nights }) => duty.goAway(ctx, nights)),
      'duty-away-until': button(['volunteer'], NO_DATA, (ctx) => ctx.startForm('volunteer-away')),
      'duty-load': button(['volunteer'], LoadData, (ctx, { load }) => duty.change(ctx, { weeklyLoad: load })),
      'duty-instant': button(['volunteer'], NO_DATA, (ctx) => duty.change(ctx, { news: 'instant' })),
      'duty-digest': button(['volunteer'], NO_DATA, (ctx) => ctx.startForm('volunteer-digest')),
      'duty-quiet': button(['volunteer'], NO_DATA, (ctx) => ctx.startForm('volunteer-quiet')),
      'duty-ask': button(['volunteer'], SwitchData, (ctx, { on }) => duty.setAskedWeekly(ctx, on === 1)),

      'volunteer-list': button(['coordinator'], PageData, (ctx, { page }) => directory.list(ctx, page)),
      'volunteer-card': button(['coordinator'], PersonData, (ctx, { person }) => directory.card(ctx, person)),
      'volunteer-decide': button(['coordinator'], DecisionData, deciding.decide),
      'volunteer-end': button(['coordinator'], PersonData, (ctx, { person }) => deciding.askEnd(ctx, person)),
      'volunteer-experts': button(['coordinator'], PersonData, (ctx, { person }) => directory.showExpertise(ctx, person)),
      'volunteer-expert': button(['coordinator'], ExpertData, directory.setExpert),
    },
    forms: [createWelcome({ sectors, words, onEnrolled: deciding.announce }), ...profile.forms, ...duty.forms],
    notices: [weeklyQuestion],
    onSent: { [ABOUT_VOLUNTEER]: async () => {} },
    onStray: leadToWelcome,
  })
}
