import type { DemandFigures, DemandShape, FittedFigures } from './demand-figures.js'

/**
 * Figures fitted by scripts/fit-demand.ts; docs/demand.md shows how near each comes to its recording. The first of a
 * shape is its reference. Values are dimensionless (logs, shares, multiples) or carry their unit in the name.
 */
export const fittedFigures: readonly FittedFigures[] = [
  {
    shape: 'diurnal',
    trace: 'ms-mongo-app-01',
    source:
      'https://github.com/microsoft/cloud-monitoring-dataset @ 6a07a53c2fac : data/mongodb-application-rps/mongo-01.csv',
    fittedOn: '2026-11-24',
    figures: {
      harmonics: [
        { cosine: -0.262, sine: 0.37 },
        { cosine: 0.055, sine: -0.058 },
        { cosine: 0.113, sine: 0.092 },
        { cosine: 0.045, sine: 0.232 },
      ],
      weekendFactor: 0.777,
      growthPerWeek: 0,
      noise: { ar1: 0.919, sigma: 0.139 },
      bursts: { perDay: 0, size: 0, sizeSigma: 0, minutes: 0 },
    },
  },
  {
    shape: 'diurnal',
    trace: 'ms-ingress-03',
    source:
      'https://github.com/microsoft/cloud-monitoring-dataset @ 6a07a53c2fac : data/data-ingress-rate/ingress-03.csv',
    fittedOn: '2026-11-24',
    figures: {
      harmonics: [
        { cosine: -0.196, sine: -0.079 },
        { cosine: -0.028, sine: 0.026 },
        { cosine: 0.013, sine: -0.009 },
        { cosine: 0.002, sine: 0.038 },
      ],
      weekendFactor: 0.667,
      growthPerWeek: 0,
      noise: { ar1: 0.889, sigma: 0.063 },
      bursts: { perDay: 0, size: 0, sizeSigma: 0, minutes: 0 },
    },
  },
  {
    shape: 'weekly',
    trace: 'nab-nyc-taxi',
    source: 'https://github.com/numenta/NAB @ ea702d75cc22 : data/realKnownCause/nyc_taxi.csv',
    fittedOn: '2026-11-24',
    figures: {
      harmonics: [
        { cosine: -0.316, sine: -0.68 },
        { cosine: 0.215, sine: -0.581 },
        { cosine: 0.239, sine: -0.037 },
        { cosine: -0.007, sine: 0.135 },
      ],
      weekendHarmonics: [
        { cosine: 0.086, sine: -0.56 },
        { cosine: 0.409, sine: 0.122 },
        { cosine: -0.076, sine: 0.248 },
        { cosine: -0.085, sine: 0.05 },
      ],
      weekendFactor: 1.047,
      growthPerWeek: 0,
      noise: { ar1: 0.986, sigma: 0.206 },
      bursts: { perDay: 0.042, size: 1.325, sizeSigma: 0.599, minutes: 106.667 },
    },
  },
  {
    shape: 'weekly',
    trace: 'ms-ecommerce-api-01',
    source:
      'https://github.com/microsoft/cloud-monitoring-dataset @ 6a07a53c2fac : data/ecommerce-api-incoming-rps/api-01.csv',
    fittedOn: '2026-11-24',
    figures: {
      harmonics: [
        { cosine: 0.298, sine: -0.375 },
        { cosine: 0.06, sine: 0.087 },
        { cosine: 0.016, sine: 0.024 },
        { cosine: -0.009, sine: 0.012 },
      ],
      weekendHarmonics: [
        { cosine: 0.205, sine: -0.306 },
        { cosine: 0.013, sine: 0.122 },
        { cosine: -0.002, sine: 0.035 },
        { cosine: -0.015, sine: 0.02 },
      ],
      weekendFactor: 1.25,
      growthPerWeek: 0,
      noise: { ar1: 0.994, sigma: 0.178 },
      bursts: { perDay: 0.085, size: 1.144, sizeSigma: 0.459, minutes: 237.273 },
    },
  },
  {
    shape: 'weekly',
    trace: 'azure-v2-region-cpu',
    source:
      'https://github.com/alejandrofdez-us/DataCenter-Traces-Datasets @ 003bb8e7ce9a ; original https://github.com/Azure/AzurePublicDataset (AzurePublicDatasetV2) : azure_v2/vm_cpu_readings_month_aggregated_cpu_mem.csv',
    fittedOn: '2026-11-24',
    figures: {
      harmonics: [
        { cosine: 0.007, sine: -0.055 },
        { cosine: -0.001, sine: 0.023 },
        { cosine: -0.006, sine: -0.006 },
        { cosine: 0.005, sine: 0.003 },
      ],
      weekendHarmonics: [
        { cosine: 0.014, sine: -0.068 },
        { cosine: 0.004, sine: 0.02 },
        { cosine: 0, sine: -0.005 },
        { cosine: 0.009, sine: 0.002 },
      ],
      weekendFactor: 1.04,
      growthPerWeek: 0,
      noise: { ar1: 0.946, sigma: 0.042 },
      bursts: { perDay: 0, size: 0, sizeSigma: 0, minutes: 0 },
    },
  },
  {
    shape: 'bursty',
    trace: 'nab-tweets-amzn',
    source: 'https://github.com/numenta/NAB @ ea702d75cc22 : data/realTweets/Twitter_volume_AMZN.csv',
    fittedOn: '2026-11-24',
    figures: {
      harmonics: [
        { cosine: 0.148, sine: -0.369 },
        { cosine: 0.054, sine: 0.143 },
        { cosine: -0.021, sine: 0.02 },
        { cosine: -0.014, sine: 0.016 },
      ],
      weekendFactor: 0.83,
      growthPerWeek: 0,
      noise: { ar1: 0.527, sigma: 0.302 },
      bursts: { perDay: 0.8, size: 3.147, sizeSigma: 0.613, minutes: 8.409 },
    },
  },
  {
    shape: 'bursty',
    trace: 'nab-elb-requests-8c0756',
    source: 'https://github.com/numenta/NAB @ ea702d75cc22 : data/realAWSCloudwatch/elb_request_count_8c0756.csv',
    fittedOn: '2026-11-24',
    figures: {
      harmonics: [
        { cosine: 0.048, sine: -0.379 },
        { cosine: -0.081, sine: 0.054 },
        { cosine: -0.075, sine: 0.017 },
        { cosine: -0.054, sine: 0.08 },
      ],
      weekendFactor: 0.662,
      growthPerWeek: 0,
      noise: { ar1: 0.157, sigma: 0.849 },
      bursts: { perDay: 0, size: 0, sizeSigma: 0, minutes: 0 },
    },
  },
  {
    shape: 'flat',
    trace: 'bitbrains-vm-997',
    source:
      'https://github.com/atlarge-research/opendc @ 691036deb92b : opendc-experiments/opendc-experiments-base/src/main/resources/bitbrains-small/trace/trace.parquet',
    fittedOn: '2026-11-24',
    figures: {
      harmonics: [
        { cosine: -0.108, sine: -0.077 },
        { cosine: 0.031, sine: 0.008 },
        { cosine: 0.013, sine: -0.01 },
        { cosine: -0.01, sine: -0.007 },
      ],
      weekendFactor: 0.984,
      growthPerWeek: 0,
      noise: { ar1: 0.801, sigma: 0.179 },
      bursts: { perDay: 0.033, size: 0.91, sizeSigma: 0, minutes: 5 },
    },
  },
  {
    shape: 'flat',
    trace: 'nab-ec2-cpu-5f5533',
    source: 'https://github.com/numenta/NAB @ ea702d75cc22 : data/realAWSCloudwatch/ec2_cpu_utilization_5f5533.csv',
    fittedOn: '2026-11-24',
    figures: {
      harmonics: [
        { cosine: 0, sine: -0.008 },
        { cosine: -0.005, sine: 0.003 },
        { cosine: 0.003, sine: 0.002 },
        { cosine: -0.001, sine: -0.004 },
      ],
      weekendFactor: 1.033,
      growthPerWeek: 0,
      noise: { ar1: 0.304, sigma: 0.108 },
      bursts: { perDay: 0.143, size: 0.538, sizeSigma: 0.126, minutes: 5 },
    },
  },
  {
    shape: 'growth',
    trace: 'ms-mongo-app-03',
    source:
      'https://github.com/microsoft/cloud-monitoring-dataset @ 6a07a53c2fac : data/mongodb-application-rps/mongo-03.csv',
    fittedOn: '2026-11-24',
    figures: {
      harmonics: [
        { cosine: -0.293, sine: -0.037 },
        { cosine: -0.057, sine: 0.016 },
        { cosine: 0.025, sine: -0.036 },
        { cosine: 0.018, sine: 0.045 },
      ],
      weekendFactor: 0.512,
      growthPerWeek: 1.363,
      noise: { ar1: 0.97, sigma: 0.211 },
      bursts: { perDay: 0, size: 0, sizeSigma: 0, minutes: 0 },
    },
  },
  {
    shape: 'onOff',
    trace: 'bitbrains-vm-205',
    source:
      'https://github.com/atlarge-research/opendc @ 691036deb92b : opendc-experiments/opendc-experiments-base/src/main/resources/bitbrains-small/trace/trace.parquet',
    fittedOn: '2026-11-24',
    figures: {
      harmonics: [],
      weekendFactor: 1,
      growthPerWeek: 0,
      noise: { ar1: 0.923, sigma: 0.012 },
      bursts: { perDay: 0, size: 0, sizeSigma: 0, minutes: 0 },
      cycle: { onHours: 24.464, offHours: 20.536, offLevel: 0.004 },
    },
  },
  {
    shape: 'onOff',
    trace: 'bitbrains-fleet-a',
    source:
      'https://github.com/atlarge-research/opendc @ 691036deb92b : opendc-experiments/opendc-experiments-base/src/main/resources/bitbrains-small/trace/trace.parquet',
    fittedOn: '2026-11-24',
    figures: {
      harmonics: [],
      weekendFactor: 1,
      growthPerWeek: 0,
      noise: { ar1: 0.907, sigma: 0.058 },
      bursts: { perDay: 0.497, size: 0.421, sizeSigma: 0.042, minutes: 10 },
      cycle: { onHours: 26.546, offHours: 27.056, offLevel: 0.206 },
    },
  },
  {
    shape: 'launchSpike',
    trace: 'worldcup98-requests',
    source: 'https://github.com/nimamahmoudi/worldcup98-dataset @ 82460213f0d5 : invocation_count.csv',
    fittedOn: '2026-11-24',
    figures: {
      harmonics: [
        { cosine: 0.012, sine: -0.495 },
        { cosine: -0.116, sine: 0 },
        { cosine: 0.038, sine: -0.023 },
        { cosine: -0.064, sine: 0.016 },
      ],
      weekendFactor: 0.474,
      growthPerWeek: 0,
      noise: { ar1: 0.992, sigma: 0.314 },
      bursts: { perDay: 0.303, size: 2.361, sizeSigma: 0.295, minutes: 32 },
      spikes: { everyDays: 3, peak: 4.48, riseHours: 2, decayHours: 5 },
    },
  },
]

/** The reference figures of a shape. */
export function figuresOf(shape: DemandShape): DemandFigures {
  const fitted = fittedFigures.find((entry) => entry.shape === shape)
  if (fitted === undefined) throw new Error(`generating demand: no figures were fitted for the shape "${shape}"`)
  return fitted.figures
}
