import { Route } from 'react-router';
import { PreferencesPage } from '../shared/courriels/PreferencesPage.tsx';
import { ImportReportPage } from '../shared/imports/ImportReportPage.tsx';
import { ImportsPage } from '../shared/imports/ImportsPage.tsx';
import { mountFace } from '../shared/parts/mount-face.tsx';
import { NoticesPage } from '../shared/vie/NoticesPage.tsx';
import { JournalPage } from './administration/JournalPage.tsx';
import { PeoplePage } from './administration/PeoplePage.tsx';
import { ReferentielsPage } from './administration/ReferentielsPage.tsx';
import { ReglesPage } from './administration/ReglesPage.tsx';
import { ConsoleLayout } from './ConsoleLayout.tsx';
import { CourrielsPage } from './courriels/CourrielsPage.tsx';
import { FreshnessPage } from './fraicheur/FreshnessPage.tsx';
import { LotPage } from './lots/LotPage.tsx';
import { FichePage } from './offre/FichePage.tsx';
import { FormationsPage } from './offre/FormationsPage.tsx';
import { OrganismesPage } from './offre/OrganismesPage.tsx';
import { ReleasesPage } from './offre/ReleasesPage.tsx';
import { PromessePage } from './promesse/PromessePage.tsx';
import { QueuePage } from './queue/QueuePage.tsx';
import { HorairesPage } from './releases/HorairesPage.tsx';
import { ReleasePage } from './releases/ReleasePage.tsx';
import { ReviewPage } from './review/ReviewPage.tsx';
import { VoiesPage } from './voies/VoiesPage.tsx';

/** Flows a moderator may send a file of; the OF's own `fichier` is sent from its space. */
const SOURCES = ['intercarif', 'onisep', 'reprise'];

mountFace({
  basename: '/console',
  density: 'dense',
  layout: ConsoleLayout,
  home: QueuePage,
  routes: (
    <>
      <Route path="/soumissions/:id" element={<ReviewPage />} />
      <Route path="/lots/:id" element={<LotPage />} />
      <Route path="/avis" element={<NoticesPage />} />
      <Route path="/courriels" element={<CourrielsPage />} />
      <Route path="/mes-courriels" element={<PreferencesPage />} />
      <Route path="/fraicheur" element={<FreshnessPage />} />
      <Route path="/promesse" element={<PromessePage />} />
      <Route path="/voies" element={<VoiesPage />} />
      <Route path="/formations" element={<FormationsPage />} />
      <Route path="/formations/:id" element={<FichePage noun="formations" />} />
      <Route path="/organismes" element={<OrganismesPage />} />
      <Route path="/organismes/:id" element={<FichePage noun="organismes" />} />
      <Route path="/imports" element={<ImportsPage sources={SOURCES} />} />
      <Route path="/imports/:id" element={<ImportReportPage />} />
      <Route path="/releases" element={<ReleasesPage />} />
      <Route path="/releases/:id" element={<ReleasePage />} />
      <Route path="/horaires" element={<HorairesPage />} />
      <Route path="/regles" element={<ReglesPage />} />
      <Route path="/journal" element={<JournalPage />} />
      <Route path="/people" element={<PeoplePage />} />
      <Route path="/referentiels" element={<ReferentielsPage />} />
    </>
  ),
});
