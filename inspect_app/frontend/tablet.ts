import "./styles/tablet.scss";
