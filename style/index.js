// The stylesheet of the extension, loaded by JupyterLab before the plugins start.
import './base.css';
