import { describe, expect, it } from '@jest/globals'
import { readDelivery } from '../../../src/core/commands/read-delivery.js'

const repository = { full_name: 'acme/infra' }
const comment = {
  action: 'created',
  repository,
  issue: { number: 7 },
  comment: { id: 99, body: '/trimtab help', user: { login: 'ann', type: 'User' } },
}
const closed = {
  action: 'closed',
  repository,
  sender: { login: 'ann' },
  pull_request: { number: 7, merged: false, closed_at: '2026-11-24T10:00:00Z' },
}

describe('a webhook', () => {
  it('that brings a new comment is a delivery', () => {
    expect(readDelivery('d1', 'issue_comment', comment)).toEqual({
      kind: 'comment',
      id: 'd1',
      repository: 'acme/infra',
      number: 7,
      commentId: 99,
      author: 'ann',
      byBot: false,
      body: '/trimtab help',
    })
  })

  it('knows bots by their type and by their name', () => {
    const by = (user: object) =>
      readDelivery('d', 'issue_comment', { ...comment, comment: { ...comment.comment, user } })
    expect(by({ login: 'x', type: 'Bot' })).toMatchObject({ byBot: true })
    expect(by({ login: 'x[bot]', type: 'User' })).toMatchObject({ byBot: true })
  })

  it('that closes a pull request says by whom and whether it was merged', () => {
    expect(readDelivery('d2', 'pull_request', closed)).toMatchObject({
      kind: 'closed',
      number: 7,
      merged: false,
      by: 'ann',
    })
  })

  it.each([
    ['an edited comment', 'issue_comment', { ...comment, action: 'edited' }],
    ['an event we do not read', 'push', { repository }],
    ['a payload without a repository', 'issue_comment', { ...comment, repository: undefined }],
    ['a number that is no number', 'issue_comment', { ...comment, issue: { number: '7' } }],
    ['nothing', 'issue_comment', undefined],
  ])('that brings %s is no delivery', (_what, event, payload) => {
    expect(readDelivery('d3', event, payload)).toBeUndefined()
  })
})
