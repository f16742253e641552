// The clinic's team: coordinators invite volunteers and other coordinators, see who they are, and end roles.
import type { ReplyKeyboardMarkup } from 'grammy/types'
import { z } from 'zod'
import type { Person } from '../../people/person.ts'
import { button, defineFeature, type Feature, NO_DATA } from '../../telegram/feature.ts'
import type { Speaker } from '../../telegram/speaker.ts'
import { LINK_PREFIX, TEAM_ROLES, USES } from './invite.ts'
import { createInviting } from './inviting.ts'
import { askName, namingForm } from './naming.ts'
import { showOpenInvites, withdraw } from './open-invites.ts'
import { createRoster } from './roster.ts'

export interface TeamDeps {
  readonly inviteValidDays: number
  /** 22 characters of A-Za-z0-9_-, never the same twice. */
  readonly randomToken: () => string
  readonly speaker: Speaker
  /** The large buttons that fit someone now. */
  readonly menuOf: (person: Person, unfinishedForms: number) => ReplyKeyboardMarkup
}

const RoleData = z.object({ role: z.enum(TEAM_ROLES) })
const PlanData = RoleData.extend({ uses: z.coerce.number().pipe(z.literal(USES)), days: z.coerce.number().int().min(1).max(365) })
const InviteData = z.object({ invite: z.coerce.number().int().positive() })
const PageData = z.object({ page: z.coerce.number().int().min(0).max(1000) })
const HeldData = z.object({ person: z.coerce.number().int().positive(), role: z.enum(TEAM_ROLES) })

export function createTeam({ inviteValidDays, randomToken, speaker, menuOf }: TeamDeps): Feature {
  const inviting = createInviting({ inviteValidDays, randomToken, speaker })
  const roster = createRoster({ speaker, menuOf })
  return defineFeature({
    name: 'team',
    commands: {
      undang: { for: ['coordinator'], menu: 50, run: (ctx) => inviting.begin(ctx) },
      tim: { for: ['coordinator'], menu: 51, run: (ctx) => roster.list(ctx, 0) },
    },
    buttons: {
      invite: button(['coordinator'], RoleData, (ctx, { role }) => inviting.inviteOne(ctx, role)),
      'invite-choose': button(['coordinator'], NO_DATA, (ctx) => inviting.choose(ctx)),
      'invite-set': button(['coordinator'], PlanData, (ctx, plan) => inviting.change(ctx, plan)),
      'invite-make': button(['coordinator'], PlanData, (ctx, plan) => inviting.invite(ctx, plan)),
      'invites-open': button(['coordinator'], PageData, (ctx, { page }) => showOpenInvites(ctx, page)),
      'invite-withdraw': button(['coordinator'], InviteData, (ctx, { invite }) => withdraw(ctx, invite)),
      'team-page': button(['coordinator'], PageData, (ctx, { page }) => roster.list(ctx, page)),
      'team-changes': button(['coordinator'], NO_DATA, (ctx) => roster.showChanges(ctx)),
      'team-name': button(TEAM_ROLES, NO_DATA, askName),
      'role-end': button(['coordinator'], HeldData, (ctx, held) => roster.askEnd(ctx, held)),
      'role-end-yes': button(['coordinator'], HeldData, (ctx, held) => roster.end(ctx, held)),
      'role-keep': button(['coordinator'], NO_DATA, (ctx) => roster.keep(ctx)),
    },
    forms: [namingForm],
    startLinks: { [LINK_PREFIX]: (ctx, token) => inviting.accept(ctx, token) },
  })
}
