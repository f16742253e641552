// What follows from the declared features: who may use which command, what the menu shows, and that no two claim one name.
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { choiceField, defineForm } from '../../src/conversation/form.ts'
import { button, type Command, defineFeature, type Feature, mayUse } from '../../src/telegram/feature.ts'
import { createRegistry } from '../../src/telegram/registry.ts'
import type { Role } from '../../src/people/roles.ts'

const run = async () => {}
const command = (more: Omit<Command, 'run'>): Command => ({ run, ...more })
const form = { form: defineForm({ name: 'order', version: 1, steps: { size: choiceField(['small', 'large']) } }), finish: run }

describe('a name that two features claim is refused with both owners', () => {
  const picture = async () => '<svg/>'
  it.each<[string, string, Omit<Feature, 'name'>]>([
    ['command', 'tips', { commands: { tips: command({ for: ['anyone'] }) } }],
    ['button', 'next', { buttons: { next: button(['anyone'], z.object({}), run) } }],
    ['form', 'order', { forms: [form] }],
    ['start link', 'inv', { startLinks: { inv: run } }],
    ['on-sent handler', 'delivered', { onSent: { delivered: run } }],
    ['picture', 'card', { pictures: { card: picture } }],
  ])('%s "%s"', (kind, name, claims) => {
    const features = [defineFeature({ name: 'first', ...claims }), defineFeature({ name: 'between' }), defineFeature({ name: 'second', ...claims })]
    expect(() => createRegistry(features)).toThrow(`The ${kind} "${name}" is claimed by both "first" and "second".`)
  })

  it('but one name may be a command of one and a button of another', () => {
    const registry = createRegistry([
      defineFeature({ name: 'first', commands: { tips: command({ for: ['anyone'] }) } }),
      defineFeature({ name: 'second', buttons: { tips: button(['anyone'], z.object({}), run) } }),
    ])
    expect([...registry.commands.keys(), ...registry.buttons.keys()]).toEqual(['tips', 'tips'])
  })
})

const registry = createRegistry([
  defineFeature({
    name: 'shop',
    forms: [form],
    commands: {
      daftar: command({ for: ['anyone'], menu: 20, menuWhen: ({ person }) => person.memberNumber === null }),
      usaha: command({ for: ['owner'], menu: 30 }),
    },
  }),
  defineFeature({
    name: 'desk',
    commands: {
      permintaan: command({ for: ['volunteer', 'coordinator'], menu: 5 }),
      tim: command({ for: ['coordinator'] }),
      lanjut: command({ for: ['anyone'], menu: 10, menuWhen: ({ unfinishedForms }) => unfinishedForms > 0 }),
      menu: command({ for: ['anyone'] }),
    },
  }),
])

interface Someone {
  readonly roles: readonly Role[]
  readonly memberNumber: number | null
}
const stranger: Someone = { roles: [], memberNumber: null }
const owner: Someone = { roles: ['owner'], memberNumber: 1 }
const volunteer: Someone = { roles: ['volunteer'], memberNumber: null }
const coordinator: Someone = { roles: ['owner', 'coordinator'], memberNumber: 2 }

describe('the commands of someone', () => {
  it.each([
    ['a stranger', stranger, ['daftar', 'lanjut', 'menu']],
    ['an owner', owner, ['daftar', 'usaha', 'lanjut', 'menu']],
    ['a volunteer', volunteer, ['daftar', 'permintaan', 'lanjut', 'menu']],
    ['a coordinator with a business', coordinator, ['daftar', 'usaha', 'permintaan', 'tim', 'lanjut', 'menu']],
  ])('%s: in the order they are declared', (_who, person, names) => expect(registry.commandsFor(person)).toEqual(names))

  it.each<[readonly Role[], boolean]>([[[], false], [['owner'], false], [['coordinator'], true], [['owner', 'volunteer'], true]])(
    'with the roles %j a command for volunteers and coordinators may be used: %s',
    (roles, may) => expect(mayUse(['volunteer', 'coordinator'], { roles })).toBe(may),
  )
})

describe('the menu of someone', () => {
  it.each([
    ['a stranger', stranger, 0, ['daftar']],
    ['a stranger in the middle of a form', stranger, 1, ['lanjut', 'daftar']],
    ['an owner', owner, 0, ['usaha']],
    ['a volunteer', volunteer, 0, ['permintaan', 'daftar']],
    ['a coordinator in the middle of a form', coordinator, 2, ['permintaan', 'lanjut', 'usaha']],
  ])('%s: what is useful now, by place', (_who, person, unfinishedForms, names) => {
    expect(registry.menuFor({ person, unfinishedForms })).toEqual(names)
  })
})

describe('what a form is called', () => {
  const titles = (more: object) => createRegistry([defineFeature({ name: 'shop', forms: [{ ...form, ...more }] })]).titleOf('order')
  it.each([
    ['the title among its own texts', {}, 'order.title'],
    ['the title among the texts it shares', { texts: 'shop.order' }, 'shop.order.title'],
    ['the title it names', { texts: 'shop', title: 'shop.order-title' }, 'shop.order-title'],
  ])('%s', (_what, more, key) => expect(titles(more)).toBe(key))
})
