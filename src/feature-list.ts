// What the clinic can do: every feature, with what each needs. Adding one is one line here; joining them to the rest is app.ts.
import { join } from 'node:path'
import type { AppOptions } from './app.ts'
import { caseLoad } from './cases/load.ts'
import { createCardWords } from './cases/card.ts'
import { createOffering } from './cases/offering.ts'
import { createCasePost } from './cases/post.ts'
import { createRelaying } from './cases/relaying.ts'
import { loadCannedAnswers } from './content/canned-answers.ts'
import type { Facts } from './content/facts.ts'
import { loadHelpTopics } from './content/help-topics.ts'
import type { Language } from './content/language.ts'
import { loadMediaSizes } from './content/media.ts'
import { loadSectors } from './content/sectors.ts'
import { loadTips } from './content/tips.ts'
import { createAssessment } from './features/assessment/feature.ts'
import { createBackups } from './features/backups/feature.ts'
import { createContribution } from './features/contribution/feature.ts'
import { createClosing } from './features/closing/feature.ts'
import { createDeskTools } from './features/desk-tools/feature.ts'
import { createDeskFeature } from './features/desk/feature.ts'
import { createForms } from './features/forms/feature.ts'
import { createGroupResults } from './features/group-results/feature.ts'
import { createHeartbeat } from './features/heartbeat/feature.ts'
import { createHelp } from './features/help/feature.ts'
import { createHome } from './features/home/feature.ts'
import { createHousekeeping } from './features/housekeeping/feature.ts'
import { createLessons } from './features/lessons/feature.ts'
import { createNotices } from './features/notices/feature.ts'
import { createPlan } from './features/plan/feature.ts'
import { createPrivacy } from './features/privacy/feature.ts'
import { createRegistration } from './features/registration/feature.ts'
import { createRelay } from './features/relay/feature.ts'
import { createSafety } from './features/safety/feature.ts'
import { createScam } from './features/scam/feature.ts'
import { createTeam } from './features/team/feature.ts'
import { createTips } from './features/tips/feature.ts'
import { createVolunteers } from './features/volunteers/feature.ts'
import type { Feature } from './telegram/feature.ts'
import type { createFormAnswers } from './telegram/form-answers.ts'
import type { FormRunner } from './telegram/form-runner.ts'
import type { Menu } from './telegram/menu.ts'
import type { Places } from './telegram/places.ts'
import type { Registry } from './telegram/registry.ts'
import type { Speaker } from './telegram/speaker.ts'

export interface FeatureParts {
  readonly options: AppOptions
  readonly forms: FormRunner
  readonly formAnswers: ReturnType<typeof createFormAnswers>
  readonly places: Places
  readonly facts: Facts
  readonly speaker: Speaker
  /** Both are made from the features, and read only when an update comes in. */
  readonly registry: () => Registry
  readonly menu: () => Menu
}

/** Nobody keeps cases yet. */
/** Every feature, in the order their commands are listed. Home comes last: it answers what nothing else understood. */
export function listFeatures({ options, facts, speaker, forms, formAnswers, places, registry, menu }: FeatureParts): readonly Feature[] {
  const { clinic, database, root } = options
  const sectors = loadSectors(join(root, 'data/sectors.yaml'))
  const tips = loadTips(join(root, 'data/tips.yaml'))
  const topics = loadHelpTopics(join(root, 'data/help-topics.yaml'))
  const sectorName = (id: string, language: Language) => sectors.find((one) => one.id === id)?.label[language] ?? id
  const post = createCasePost({ speaker, quiet: clinic })
  const words = createCardWords({ speaker, topics, sectorName })
  const desk = { post, words, offering: createOffering({ post, words, volunteerChatId: options.volunteerChatId }), relaying: createRelaying({ post }) }
  return [
    createRegistration({ clinic, sectors, placeLabel: places.label }),
    createAssessment({ instrument: options.instrument, clinicName: clinic.name }),
    createPlan({ instrument: options.instrument, tips, facts }),
    createTips({ tips, mediaSizes: loadMediaSizes(root, tips), facts, speaker, limits: clinic.limits }),
    createScam(),
    createHelp({ ...desk, topics, tips, facts, keptMonths: clinic.limits.helpKeptMonths }),
    createRelay(desk),
    createDeskFeature(desk),
    createContribution({ clinicName: clinic.name, randomToken: options.randomToken }),
    createClosing(desk),
    createDeskTools({
      ...desk,
      cannedAnswers: loadCannedAnswers(join(root, 'data/canned-answers.yaml')),
      sectorName,
      // Down to the district (99.99.99): the village would tell who she is.
      district: (village) => places.region(village.slice(0, 8)),
      form: () => registry().forms.get('business')?.form ?? { name: 'business', version: 1, steps: {} },
      areaName: (id) => options.instrument.areas.find((area) => area.id === id)?.name ?? id,
      tipTitle: (id) => tips.find((tip) => tip.id === id)?.title ?? id,
    }),
    createSafety(desk),
    createLessons({ instrument: options.instrument, words }),
    createTeam({
      inviteValidDays: clinic.limits.inviteValidDays,
      randomToken: options.randomToken,
      speaker,
      menuOf: (person, unfinishedForms) => menu().keyboard(person, unfinishedForms),
    }),
    createVolunteers({
      sectors,
      region: places.region,
      speaker,
      loads: caseLoad,
      menuOf: (person, unfinishedForms) => menu().keyboard(person, unfinishedForms),
    }),
    createGroupResults({ instrument: options.instrument, clinic }),
    createPrivacy({
      clinic,
      database,
      secret: options.clinicSecret,
      speaker,
      describe: { place: places.label, region: places.region, sector: sectorName, form: formAnswers },
      runCommand: async (ctx, name) => registry().commands.get(name)?.run(ctx),
    }),
    createForms({ clinic, forms, titleKey: (form) => registry().titleOf(form) }),
    createNotices({ clinic, kinds: () => [...registry().notices.values()], log: options.log }),
    createHousekeeping(clinic.limits),
    createHeartbeat({ clinic, openedAt: options.now(), log: options.log }),
    ...(options.moreFeatures ?? []),
    ...(database.file === undefined ? [] : [createBackups({ database, file: database.file, limits: clinic.limits, clinicSecret: options.clinicSecret, log: options.log })]),
    createHome({ registry }),
  ]
}
