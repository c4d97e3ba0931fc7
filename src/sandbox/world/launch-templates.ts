import { AwsError } from '../aws/aws-error.js'
import { seedOf } from '../demand/random-at.js'
import type { LaunchScenario } from './group-scenario.js'
import { hexAt } from './identifiers.js'
import { shapeOfType } from './instance-shapes.js'

export interface LaunchVersion {
  readonly versionNumber: number
  readonly instanceType: string
  readonly imageId: string
  readonly createdAtMs: number
  readonly description: string
}

export interface LaunchTemplate {
  readonly launchTemplateId: string
  readonly name: string
  readonly account: string
  readonly region: string
  readonly createdAtMs: number
  readonly defaultVersion: number
  readonly versions: readonly LaunchVersion[]
}

export interface LaunchConfiguration {
  readonly name: string
  readonly account: string
  readonly region: string
  readonly instanceType: string
  readonly imageId: string
  readonly createdAtMs: number
}

/** An image's architecture is that of the types that were first launched with it. */
export interface Image {
  readonly imageId: string
  readonly architecture: 'x86_64' | 'arm64'
}

export interface Place {
  readonly account: string
  readonly region: string
}

/** The launch templates, launch configurations and images of a world. */
export interface LaunchCatalogue {
  declare(place: Place, launch: LaunchScenario): void
  templates(place: Place): readonly LaunchTemplate[]
  configurations(place: Place): readonly LaunchConfiguration[]
  images(): readonly Image[]
  /** By name or id; throws the error of AWS where there is none. */
  template(place: Place, nameOrId: string): LaunchTemplate
  /** A number, `$Latest` or `$Default`; throws the error of AWS where there is none. */
  version(template: LaunchTemplate, wanted: string): LaunchVersion
  addVersion(place: Place, nameOrId: string, change: VersionChange): LaunchVersion
  setDefault(place: Place, nameOrId: string, version: number): LaunchTemplate
  addConfiguration(configuration: LaunchConfiguration): void
}

/** What differs from the source version (the latest one unless given). */
export interface VersionChange {
  readonly instanceType?: string
  readonly imageId?: string
  readonly description?: string
  readonly sourceVersion?: string
}

export function createLaunchCatalogue(seed: number, createdAtMs: number, now: () => number): LaunchCatalogue {
  const templates = new Map<string, LaunchTemplate>()
  const configurations = new Map<string, LaunchConfiguration>()
  const images = new Map<string, Image>()
  const keyOf = (place: Place, name: string): string => `${place.account}/${place.region}/${name}`
  const inPlace = (place: Place) => (entry: Place) => entry.account === place.account && entry.region === place.region
  const learnImage = (imageId: string, instanceType: string): void => {
    if (!images.has(imageId)) images.set(imageId, { imageId, architecture: shapeOfType(instanceType).architecture })
  }
  const store = (template: LaunchTemplate): LaunchTemplate => {
    templates.set(keyOf(template, template.name), template)
    return template
  }
  const catalogue: LaunchCatalogue = {
    declare(place, launch) {
      learnImage(launch.imageId, launch.instanceType)
      const { name, instanceType, imageId } = launch
      const key = keyOf(place, name)
      if (launch.kind === 'launch-configuration') {
        configurations.set(key, { ...place, name, instanceType, imageId, createdAtMs })
      } else if (!templates.has(key)) {
        const first = { versionNumber: 1, instanceType, imageId, createdAtMs, description: '' }
        const launchTemplateId = `lt-0${hexAt(seedOf(seed, key), 40, 0, 16)}`
        store({ ...place, launchTemplateId, name, createdAtMs, defaultVersion: 1, versions: [first] })
      }
    },
    templates: (place) => [...templates.values()].filter(inPlace(place)),
    configurations: (place) => [...configurations.values()].filter(inPlace(place)),
    images: () => [...images.values()],
    template: (place, nameOrId) => findTemplate(catalogue.templates(place), nameOrId),
    version: findVersion,
    addVersion(place, nameOrId, change) {
      const template = catalogue.template(place, nameOrId)
      const next = nextVersion(template, change, now())
      learnImage(next.imageId, next.instanceType)
      store({ ...template, versions: [...template.versions, next] })
      return next
    },
    setDefault(place, nameOrId, version) {
      const template = catalogue.template(place, nameOrId)
      return store({ ...template, defaultVersion: findVersion(template, String(version)).versionNumber })
    },
    addConfiguration(configuration) {
      learnImage(configuration.imageId, configuration.instanceType)
      configurations.set(keyOf(configuration, configuration.name), configuration)
    },
  }
  return catalogue
}

function nextVersion(template: LaunchTemplate, change: VersionChange, createdAtMs: number): LaunchVersion {
  const source = findVersion(template, change.sourceVersion ?? '$Latest')
  const instanceType = change.instanceType ?? source.instanceType
  shapeOfType(instanceType)
  return {
    versionNumber: findVersion(template, '$Latest').versionNumber + 1,
    instanceType,
    imageId: change.imageId ?? source.imageId,
    createdAtMs,
    description: change.description ?? '',
  }
}

function findTemplate(templates: readonly LaunchTemplate[], nameOrId: string): LaunchTemplate {
  const found = templates.find(({ name, launchTemplateId }) => name === nameOrId || launchTemplateId === nameOrId)
  if (found !== undefined) return found
  throw nameOrId.startsWith('lt-')
    ? new AwsError(
        'InvalidLaunchTemplateId.NotFound',
        `The specified launch template, with template ID ${nameOrId}, does not exist.`,
      )
    : new AwsError(
        'InvalidLaunchTemplateName.NotFoundException',
        `The specified launch template, with template name ${nameOrId}, does not exist.`,
      )
}

function findVersion(template: LaunchTemplate, wanted: string): LaunchVersion {
  const found =
    wanted === '$Latest'
      ? template.versions.at(-1)
      : template.versions.find(({ versionNumber }) =>
          wanted === '$Default' ? versionNumber === template.defaultVersion : String(versionNumber) === wanted,
        )
  if (found !== undefined) return found
  throw new AwsError('InvalidLaunchTemplateId.VersionNotFound', `Could not find launch template version ${wanted}.`)
}
