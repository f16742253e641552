// The volunteers' desk inside Telegram: cards to take cases from, what can be done with a case in hand, and the queue for coordinators.
import { CaseAndPersonData, CaseData } from '../../cases/case-data.ts'
import { button, defineFeature, type Feature, NO_DATA } from '../../telegram/feature.ts'
import { type CardsDeps, createCards } from './cards.ts'
import { createCaseClock } from './clock.ts'
import { createHolding } from './holding.ts'
import { createListing } from './listing.ts'

const HELPERS = ['volunteer', 'coordinator'] as const

export function createDeskFeature(deps: CardsDeps): Feature {
  const cards = createCards(deps)
  const holding = createHolding({ ...deps, cards })
  const listing = createListing({ ...deps, cards })
  return defineFeature({
    name: 'desk',
    commands: {
      meja: { for: HELPERS, menu: 30, run: (ctx) => listing.desk(ctx) },
      permintaan: { for: ['coordinator'], menu: 41, run: (ctx) => listing.waiting(ctx) },
    },
    buttons: {
      // Anyone may tap in the group: who is no volunteer is told how to become one.
      'case-look': button(['anyone'], CaseData, (ctx, data) => cards.look(ctx, data.case)),
      'case-claim': button(['anyone'], CaseData, (ctx, data) => cards.claim(ctx, data.case)),
      'case-skip': button(HELPERS, CaseData, (ctx, data) => cards.skip(ctx, data.case)),
      'case-expert': button(HELPERS, CaseData, (ctx, data) => cards.askExpert(ctx, data.case)),
      'case-next': button(HELPERS, NO_DATA, (ctx) => listing.next(ctx)),
      'case-menu': button(HELPERS, CaseData, (ctx, data) => holding.menu(ctx, data.case)),
      'case-ask-release': button(HELPERS, CaseData, (ctx, data) => holding.askRelease(ctx, data.case)),
      'case-release': button(HELPERS, CaseData, (ctx, data) => holding.release(ctx, data.case)),
      'case-choose-colleague': button(HELPERS, CaseData, (ctx, data) => holding.choose(ctx, data.case, 'hand-over')),
      'case-choose-expert': button(HELPERS, CaseData, (ctx, data) => holding.choose(ctx, data.case, 'join')),
      'case-give': button(HELPERS, CaseAndPersonData, (ctx, data) => holding.handOver(ctx, data.case, data.person)),
      'case-join': button(HELPERS, CaseAndPersonData, (ctx, data) => holding.join(ctx, data.case, data.person)),
    },
    jobs: [...createCaseClock(deps)],
  })
}
