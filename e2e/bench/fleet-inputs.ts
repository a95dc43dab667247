/** For Node: what the fleet of the bench is made by. */
export { DEMO_AT, makeFleet } from '../../src/schemes/intel-dcap/attester.ts'
