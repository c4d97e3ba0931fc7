import { expect, test } from '@jest/globals'
import { nameRoute } from '../../../src/sandbox/github/name-route.js'

const IN = '/repos/{owner}/{repo}'

test.each([
  ['/app', '/app', {}],
  ['/repos/acme/shop', IN, {}],
  ['/repos/acme/shop/pulls/7', `${IN}/pulls/{pull_number}`, { pull_number: '7' }],
  ['/repos/acme/shop/issues/comments/3', `${IN}/issues/comments/{comment_id}`, { comment_id: '3' }],
  ['/repos/acme/shop/git/refs/heads/trimtab/1', `${IN}/git/refs/{ref}`, { ref: 'heads/trimtab/1' }],
  ['/repos/acme/shop/git/ref/heads%2Ftrimtab%2F1', `${IN}/git/ref/{ref}`, { ref: 'heads/trimtab/1' }],
  ['/repos/acme/shop/contents/.github/trimtab.yml', `${IN}/contents/{path}`, { path: '.github/trimtab.yml' }],
  ['/repos/acme/shop/commits/a/b/check-runs', `${IN}/commits/{ref}/check-runs`, { ref: 'a/b' }],
  ['/repos/acme/shop/commits/a/b', `${IN}/commits/{ref}`, { ref: 'a/b' }],
  ['/repos/acme/shop/compare/main...a/b', `${IN}/compare/{basehead}`, { basehead: 'main...a/b' }],
  ['/somewhere/else', '/somewhere/else', {}],
])('%s is %s', (path, route, params) => {
  expect(nameRoute(path)).toEqual({ route, params: expect.objectContaining(params) })
})
