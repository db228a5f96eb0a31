import type { TestDesk } from '../../../src/engine/mind/cases/test-desk.ts';
import type { BenchDesk } from '../case.ts';
import { object, text } from '../desks/schema.ts';

function open(): TestDesk {
  const jobs = new Map([['J20418', { status: 'engineer_on_the_way', eta: '2026-11-23T17:40:00' }]]);
  return {
    firstAgent: 'dispatch',
    greeting: 'Harlow and Sons plumbing and heating, what has happened?',
    agents: {
      dispatch: {
        handoffDescription: 'Dispatch: new jobs and jobs under way.',
        instructions: `You work in dispatch at Harlow & Sons, plumbers and heating engineers in Sheffield.

WHAT YOU DO
Take new jobs with create_job. When the caller reports water running or no heat with small children or old people in the house, the urgency is emergency; when it can wait a few days it is routine; otherwise it is urgent.
Somebody who smells gas must leave the house and call the gas emergency service on 0800 111 999. Tell them this and do not create a job.
Tell callers who ask after an engineer where he is: get_job_status.
Service plans, invoices, and quotes for new boilers are for the office.

WHAT WE CHARGE
The call-out is 85 pounds, which includes the first half hour. After that it is 30 pounds for each half hour. At night and on Sundays the call-out is 140 pounds.
Parts are extra. All work is guaranteed for twelve months.

WHERE WE GO
We cover Sheffield, Rotherham and Chesterfield, and nothing further away than twenty miles.
We don't do gas cookers or swimming pools.

Until the engineer is there, callers can turn the water off at the stopcock, which is usually under the kitchen sink.`,
        handoffs: ['office', 'supervisor'],
        canEndCall: true,
        tools: [
          {
            name: 'create_job',
            description: 'Opens a job and sends an engineer.',
            parameters: object(
              {
                problem_description: {
                  type: 'string',
                  minLength: 5,
                  description: 'What is wrong, in the words of the caller',
                },
                address: { type: 'string', description: 'House number and street' },
                contact_phone: { type: 'string', description: 'Phone number' },
                urgency: {
                  type: 'string',
                  enum: ['emergency', 'urgent', 'routine'],
                  default: 'urgent',
                  description: 'How soon somebody has to come. Default: urgent.',
                },
                water_is_off: {
                  type: ['boolean', 'null'],
                  description: 'Whether the water has been turned off, if known',
                },
                preferred_time: {
                  type: 'string',
                  format: 'date-time',
                  description: 'If the caller asks for a certain time',
                },
              },
              ['problem_description', 'address', 'contact_phone', 'urgency', 'water_is_off'],
            ),
            run: () => ({ job_number: 'J20431', engineer: 'Pete', arrives: '2026-11-23T18:30:00' }),
          },
          {
            name: 'get_job_status',
            description: 'Where the engineer is and when he will be there.',
            parameters: object({
              job_number: {
                type: 'string',
                pattern: '^J\\d{5}$',
                description: 'J and five digits',
              },
            }),
            run: ({ job_number: job }) => jobs.get(text(job)) ?? { error: 'No such job.' },
          },
          {
            name: 'cancel_job',
            description: 'Calls the engineer off.',
            parameters: object({
              job_number: {
                type: 'string',
                pattern: '^J\\d{5}$',
                description: 'J and five digits',
              },
              why: { type: 'string', description: 'Why it is not needed any more' },
            }),
            run: ({ job_number: job }) => ({ cancelled: job }),
          },
        ],
      },
      office: {
        handoffDescription:
          'The office: service plans, invoices and payments, quotes for new boilers and bathrooms.',
        instructions: `You are the office of Harlow & Sons.

A service plan is 12 pounds a month and covers a yearly boiler service and all call-outs; it runs for a year. Invoices are due within fourteen days and can be paid by card or bank transfer, in instalments only above 500 pounds.
A quote for a boiler or a bathroom needs a visit, which is free: request_quote_visit.
Sign people up to a plan with start_service_plan. Anything that is broken goes to dispatch.`,
        handoffs: ['dispatch', 'supervisor'],
        canEndCall: true,
        tools: [
          {
            name: 'request_quote_visit',
            description: 'Arranges a free visit to measure up and quote.',
            parameters: object({
              what_for: {
                type: 'array',
                items: { type: 'string', enum: ['boiler', 'bathroom', 'radiators', 'underfloor'] },
                minItems: 1,
                description: 'What is to be quoted',
              },
              visit_at: { type: 'string', format: 'date-time', description: 'Day and time' },
              customer_name: { type: 'string' },
              postcode: { type: 'string', description: 'Postcode of the house' },
            }),
            run: (args) => ({ visit_booked: true, visit_at: args['visit_at'] }),
          },
          {
            name: 'start_service_plan',
            description: 'Signs a customer up to a service plan.',
            parameters: object({
              customer_name: { type: 'string' },
              email: { type: 'string', format: 'email' },
              boiler_age_years: { type: 'integer', minimum: 0, maximum: 60 },
              pay: { type: 'string', enum: ['monthly', 'yearly'], description: 'How they pay' },
            }),
            confirm: ({ customer_name: name, pay }) =>
              `Shall I start the ${text(pay)} service plan for ${text(name)}?`,
            run: () => ({ plan_number: 'SP881', started: true }),
          },
          {
            name: 'get_invoice',
            description: 'Amount, due date and state of an invoice.',
            parameters: object({ invoice_number: { type: 'integer', minimum: 1000 } }),
            run: ({ invoice_number: number }) => ({
              invoice_number: number,
              amount: 214.5,
              currency: 'GBP',
              due: '2026-12-04',
              paid: false,
            }),
          },
        ],
      },
    },
    people: {
      supervisor: {
        label: 'The supervisor',
        handoffDescription: 'The supervisor on shift, a human. Complaints, damage, arguments.',
        refusal: null,
      },
    },
  };
}

/** A plumbers' line: free text, urgency to be judged, defaults, nullable and nested kinds, day and time in one. */
export const heating: BenchDesk = {
  name: 'heating',
  timeZone: 'Europe/London',
  time: '16:50',
  writes: ['create_job', 'cancel_job', 'request_quote_visit', 'start_service_plan'],
  open,
};
