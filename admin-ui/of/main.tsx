import { Route } from 'react-router';
import { PreferencesPage } from '../shared/courriels/PreferencesPage.tsx';
import { ImportReportPage } from '../shared/imports/ImportReportPage.tsx';
import { ImportsPage } from '../shared/imports/ImportsPage.tsx';
import { mountFace } from '../shared/parts/mount-face.tsx';
import { NoticesPage } from '../shared/vie/NoticesPage.tsx';
import { EntryPage } from './entry/EntryPage.tsx';
import { FollowPage } from './follow/FollowPage.tsx';
import { HomePage } from './home/HomePage.tsx';
import { OfLayout } from './OfLayout.tsx';
import { TokensPage } from './tokens/TokensPage.tsx';

mountFace({
  basename: '/of',
  density: 'airy',
  layout: OfLayout,
  home: HomePage,
  routes: (
    <>
      <Route path="/saisie/:id" element={<EntryPage />} />
      <Route path="/soumissions/:id" element={<FollowPage />} />
      <Route path="/avis" element={<NoticesPage />} />
      <Route path="/courriels" element={<PreferencesPage />} />
      <Route path="/imports" element={<ImportsPage sources={[]} />} />
      <Route path="/imports/:id" element={<ImportReportPage />} />
      <Route path="/jetons" element={<TokensPage />} />
    </>
  ),
});
