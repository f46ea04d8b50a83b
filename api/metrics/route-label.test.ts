import { describe, expect, it } from '@jest/globals';
import type { Endpoint } from '../endpoint.ts';
import { routeLabels } from './route-label.ts';

const paths = ['/soumissions', '/soumissions.csv', '/soumissions/{id}', '/soumissions/next', '/soumissions/{id}/claim'];
const label = routeLabels(
  paths.map((path) => ({ path }) as Endpoint),
  '/api/v1',
);

describe('the route that a figure is filed under', () => {
  it.each([
    ['/api/v1/soumissions', '/api/v1/soumissions'],
    ['/api/v1/soumissions.csv', '/api/v1/soumissions.csv'],
    ['/api/v1/soumissions/next', '/api/v1/soumissions/next'],
    ['/api/v1/soumissions/0190', '/api/v1/soumissions/{id}'],
    ['/api/v1/soumissions/0190/claim', '/api/v1/soumissions/{id}/claim'],
    ['/api/v1/soumissions/0190/claim/x', 'other'],
    ['/api/v1/jeanne.martin@exemple.fr', 'other'],
    ['/flux/lheo-2.3.xml', '/flux/lheo-2.3.xml'],
    ['/console/soumissions/1', '/console/…'],
    ['/m/a-secret', '/m/…'],
    ['/wp-login.php', 'other'],
    ['/', '/'],
  ])('of %s is %s', (path, route) => {
    expect(label(path)).toBe(route);
  });
});
